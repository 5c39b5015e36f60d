using QuizAspire.Core.Aws;

namespace QuizAspire.Functions.Batches;

/// <summary>Why a record could not be handled, in words fit for a log and for a teacher: they hold nothing of its content.</summary>
internal sealed class RecordException(string reason) : Exception(reason)
{
    /// <summary>Makes a call, and turns a failure of the service into a reason.</summary>
    /// <param name="what">Completes "…: S3 answered SlowDown", such as "the sheet could not be read".</param>
    public static async Task<T> ExplainAsync<T>(string what, string service, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (ServiceFailures.IsFailure(exception))
        {
            throw new RecordException($"{what}: {ServiceFailures.Describe(service, exception)}");
        }
    }

    /// <inheritdoc cref="ExplainAsync{T}"/>
    public static Task ExplainAsync(string what, string service, Func<Task> call) => ExplainAsync(what, service, async () =>
    {
        await call();
        return true;
    });
}
