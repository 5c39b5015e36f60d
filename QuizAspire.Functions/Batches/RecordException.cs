using System.Diagnostics;
using QuizAspire.Core.Aws;
using QuizAspire.Functions.Telemetry;

namespace QuizAspire.Functions.Batches;

/// <summary>Why a record could not be handled, in words fit for a log and for a teacher: they hold nothing of its content.</summary>
/// <param name="kind">What kind of failure, of few kinds.</param>
internal sealed class RecordException(string reason, string kind = RecordException.InvalidMessage) : Exception(reason)
{
    public const string InvalidMessage = "invalid_message";

    public string Kind => kind;

    /// <summary>Makes a call, and turns a failure of the service into a reason.</summary>
    /// <param name="what">Completes "…: S3 answered SlowDown", such as "the sheet could not be read".</param>
    /// <param name="span">The call's own, which its failure is a failure of.</param>
    public static async Task<T> ExplainAsync<T>(string what, string service, Func<Task<T>> call, Activity? span = null)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (ServiceFailures.IsFailure(exception))
        {
            var failure = new RecordException($"{what}: {ServiceFailures.Describe(service, exception)}", ServiceFailures.KindOf(exception));
            span?.Fail(failure.Kind, failure.Message);
            throw failure;
        }
    }

    /// <inheritdoc cref="ExplainAsync{T}"/>
    public static Task ExplainAsync(string what, string service, Func<Task> call) => ExplainAsync(what, service, async () =>
    {
        await call();
        return true;
    });
}
