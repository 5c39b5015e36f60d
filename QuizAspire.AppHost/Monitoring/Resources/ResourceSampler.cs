using System.Net.Http;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;

namespace QuizAspire.AppHost.Monitoring.Resources;

/// <summary>Reads one resource again and again, and tells what is new and nothing else.</summary>
/// <param name="publish">Is given a reading that differs from the one before.</param>
internal sealed partial class ResourceSampler(string name, IResourceReader reader, Func<Reading, Task> publish, ILogger logger)
{
    // An emulator that is being started again accepts connections before it answers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private Reading? _told;

    public async Task SampleAsync(TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        Reading reading;
        try
        {
            reading = await reader.ReadAsync(either.Token);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            reading = Reading.Unknown(Why(exception));
        }

        if (reading == _told)
            return;
        await publish(reading);
        _told = reading;
    }

    /// <summary>An AWS that is down or has lost the resource is a state and no error: whoever looks at it sees it, and no log fills up.</summary>
    private string Why(Exception exception)
    {
        switch (exception)
        {
            case AmazonServiceException { ErrorCode.Length: > 0 } refused:
                return refused.ErrorCode;
            case AmazonClientException or HttpRequestException or IOException or OperationCanceledException:
                return "no answer";
            default:
                if (_told is not { IsKnown: false })
                    Unexpected(logger, exception, name);
                return "could not be read";
        }
    }

    [LoggerMessage(LogLevel.Error, "The state of {Resource} could not be read")]
    private static partial void Unexpected(ILogger logger, Exception exception, string resource);
}
