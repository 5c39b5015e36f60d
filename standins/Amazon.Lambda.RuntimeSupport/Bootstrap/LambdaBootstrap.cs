using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The loop of a Lambda function: asks the Runtime API for the next invocation, hands it to the handler, sends the answer.
/// One invocation at a time, as in Lambda's on-demand mode; the multi-concurrency of managed instances is not here.
/// </summary>
public class LambdaBootstrap : IDisposable
{
    private const string TraceIdVariable = "_X_AMZN_TRACE_ID";

    private readonly LambdaBootstrapHandler _handler;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly HttpClient _httpClient = ConstructHttpClient();
    private readonly RuntimeApi _runtimeApi;
    private readonly LambdaConsoleLogger _logger = new(Console.Out);
    private readonly OverdueCall _overdue;

    internal LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapOptions options, LambdaBootstrapInitializer initializer)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handler = handler;
        _initializer = initializer;
        // A sandbox may be frozen for hours between two invocations.
        _httpClient.Timeout = TimeSpan.FromHours(12);
        _runtimeApi = new RuntimeApi(_httpClient, LambdaEnvironment.Read(options), _logger, TimeProvider.System);
        _overdue = new OverdueCall(_logger, TimeProvider.System);
        LambdaLogger.RedirectTo(_logger.Log);
    }

    /// <summary>
    /// Runs the initializer, then invocations until cancelled. What the initializer throws is reported to the Runtime API and thrown;
    /// so is a Runtime API that cannot be reached: the process is expected to end, and the platform to start another.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_initializer is not null && !await InitializeAsync())
            return;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await InvokeOnceAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                // The long poll timed out: ask again.
            }
        }
    }

    /// <summary>A client whose header values may be UTF-8: an error type may be any .NET name.</summary>
    public static HttpClient ConstructHttpClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 });
        client.DefaultRequestHeaders.Add(
            "User-Agent", $"aws-lambda-dotnet/{Environment.Version}-{typeof(LambdaBootstrap).Assembly.GetName().Version}");
        return client;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _httpClient.Dispose();
    }

    private async Task<bool> InitializeAsync()
    {
        try
        {
            return await _initializer();
        }
        catch (Exception exception)
        {
            _logger.LogUnhandled(exception);
            await _runtimeApi.ReportInitializationErrorAsync(exception);
            throw;
        }
    }

    private async Task InvokeOnceAsync(CancellationToken cancellationToken)
    {
        using var invocation = await _runtimeApi.NextAsync(cancellationToken);
        var requestId = invocation.LambdaContext.AwsRequestId;
        _logger.RequestId = requestId;
        _logger.TraceId = invocation.LambdaContext.TraceId;
        Environment.SetEnvironmentVariable(TraceIdVariable, invocation.LambdaContext.TraceId);
        InvocationResponse response;
        try
        {
            using var overdue = _overdue.Watch(invocation.LambdaContext);
            response = await _handler(invocation);
        }
        catch (Exception exception)
        {
            _logger.LogUnhandled(exception);
            await _runtimeApi.ReportInvocationErrorAsync(requestId, exception, cancellationToken);
            return;
        }
        try
        {
            await _runtimeApi.SendResponseAsync(requestId, response?.OutputStream, cancellationToken);
        }
        finally
        {
            if (response is { DisposeOutputStream: true, OutputStream: { } stream })
                await stream.DisposeAsync();
        }
    }
}
