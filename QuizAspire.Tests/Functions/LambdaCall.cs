using System.Reflection;
using Amazon.Lambda.Core;

namespace QuizAspire.Tests.Functions;

/// <summary>A context of Lambda's. The interface has members that nothing here needs and that the package's stand-in does not know, hence a proxy.</summary>
public class LambdaCall : DispatchProxy
{
    private readonly string _requestId = Guid.NewGuid().ToString();
    private ILambdaLogger? _logger;
    private string? _trace;

    /// <param name="trace">X-Ray's header of the trace that Lambda was called in.</param>
    public static ILambdaContext Create(ILambdaLogger logger, string? trace = null)
    {
        var context = Create<ILambdaContext, LambdaCall>();
        var call = (LambdaCall)(object)context;
        (call._logger, call._trace) = (logger, trace);
        return context;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        "get_AwsRequestId" => _requestId,
        "get_InvokedFunctionArn" => "arn:aws:lambda:us-west-1:000000000000:function:quiz-processor",
        "get_RemainingTime" => TimeSpan.FromSeconds(60),
        "get_TraceId" => _trace ?? "",
        "get_Logger" => _logger,
        var other => throw new NotSupportedException(other),
    };
}
