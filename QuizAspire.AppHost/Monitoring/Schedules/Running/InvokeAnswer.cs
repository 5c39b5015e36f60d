namespace QuizAspire.AppHost.Monitoring.Schedules.Running;

/// <summary>What came of one attempt to invoke the function.</summary>
/// <param name="Code">Of the error, as Lambda names it; null when the event was accepted.</param>
internal sealed record InvokeAnswer(InvokeOutcome Outcome, string? Code, string Message)
{
    public static InvokeAnswer Accepted(string requestId) => new(InvokeOutcome.Accepted, null, requestId.Length > 0 ? $"request {requestId}" : "");
}

internal enum InvokeOutcome
{
    /// <summary>The event is the function's now; what the function makes of it is not the scheduler's matter.</summary>
    Accepted,

    /// <summary>It may well succeed later: throttled, an error of the service, or nobody there.</summary>
    FailedForNow,

    /// <summary>The same invocation will always be refused.</summary>
    Refused,
}

/// <summary>Invokes a function asynchronously. Never throws but for cancellation.</summary>
internal delegate Task<InvokeAnswer> InvokeFunction(string function, string payload, CancellationToken cancellation);

/// <summary>Sends an event that could not be delivered to the queue that the schedule names.</summary>
internal delegate Task SendDeadLetter(string queueArn, DeadLetter letter, CancellationToken cancellation);

/// <summary>What schedules act upon.</summary>
/// <param name="Ready">Ends when there is something to invoke functions at. While there is not, no attempt is used up.</param>
internal sealed record ScheduleTarget(Func<CancellationToken, Task> Ready, InvokeFunction Invoke, SendDeadLetter SendDeadLetter);
