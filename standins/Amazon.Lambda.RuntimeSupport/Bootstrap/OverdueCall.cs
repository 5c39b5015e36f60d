using System.Diagnostics;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

/// <summary>
/// Kills this process when a call has neither been answered nor failed some seconds after its deadline. Lambda kills the sandbox at the
/// deadline itself, so in AWS this never happens. Locally only the process knows that it hangs: left alone it would never ask for
/// work again, while nobody starts another instance as long as it lives. Under a debugger it may take any time.
/// </summary>
internal sealed class OverdueCall(LambdaConsoleLogger logger, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Watches a call until the result is disposed of; null for a call without a deadline.</summary>
    public ITimer Watch(ILambdaContext context) => context.RemainingTime is var remaining && remaining > TimeSpan.Zero
        ? time.CreateTimer(_ => Kill(), null, remaining + Grace, Timeout.InfiniteTimeSpan)
        : null;

    private void Kill()
    {
        if (Debugger.IsAttached)
            return;
        logger.Log(
            LogLevel.Critical,
            $"The call is {Grace.TotalSeconds:0} s over its timeout and has not ended: this process is killed, as Lambda would have done");
        // An orderly exit may wait for what hangs.
        using var process = Process.GetCurrentProcess();
        process.Kill();
    }
}
