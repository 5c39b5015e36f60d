namespace QuizAspire.Tests.Support;

internal static class CancellationTokens
{
    /// <summary>Ends, without an error, when the token is cancelled.</summary>
    public static async Task AsTask(this CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}
