namespace Standins.Tests;

/// <summary>Waits until something holds, and fails with its name when it does not in time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    public static Task Is(Func<bool> condition, string what, TimeSpan? within = null) =>
        Is(() => Task.FromResult(condition()), what, within);

    public static Task Is(Func<Task<bool>> condition, string what, TimeSpan? within = null) =>
        Gives<object>(async () => await condition() ? condition : null, what, within);

    /// <summary>The first value that is not null.</summary>
    public static async Task<T> Gives<T>(Func<Task<T?>> probe, string what, TimeSpan? within = null)
        where T : class
    {
        using var deadline = new CancellationTokenSource(within ?? Patience);
        using var timer = new PeriodicTimer(Pace);
        try
        {
            while (true)
            {
                if (await probe() is { } value)
                    return value;
                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new Xunit.Sdk.XunitException($"Not within {within ?? Patience}: {what}.");
        }
    }
}
