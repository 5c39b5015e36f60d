using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Embedded.Hosting;

/// <summary>Provisions the stack when its emulators are healthy, again whenever one of them has started anew, and on command.</summary>
/// <param name="limit">How long emulators that do not answer are waited for.</param>
internal sealed partial class StackLifecycle(
    StackResource stack,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IHostApplicationLifetime application,
    TimeProvider time,
    TimeSpan limit) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly ILogger _logger = loggers.GetLogger(stack);
    private bool _attempted;

    public async Task StartAsync()
    {
        var stopping = application.ApplicationStopping;
        try
        {
            await notifications.WaitForDependenciesAsync(stack, stopping);
            await ProvisionAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application ends.
        }
        catch (Exception exception)
        {
            // Nobody awaits this task.
            await FailAsync(exception);
        }
    }

    /// <summary>An emulator that starts again may be empty. Whoever waits for it waits for this too.</summary>
    public Task EmulatorReadyAsync(CancellationToken cancellation) =>
        Volatile.Read(ref _attempted) ? ProvisionAsync(cancellation) : Task.CompletedTask;

    /// <returns>Whether the emulators have the stack now; if not, the resource's log says why.</returns>
    public async Task<bool> ProvisionAsync(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            Volatile.Write(ref _attempted, true);
            await notifications.PublishUpdateAsync(stack, state => state with { State = KnownResourceStates.Starting, StopTimeStamp = null });
            var report = await new StackProvisioner(time).ProvisionAsync(stack.Plan, limit, cancellation);
            Write(report);
            await notifications.PublishUpdateAsync(stack, state => state with
            {
                State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
                StartTimeStamp = time.GetUtcNow().UtcDateTime,
                Properties = Properties(stack.Plan),
            });
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            await FailAsync(exception);
            return false;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>What the dashboard lists of the stack.</summary>
    public static ImmutableArray<ResourcePropertySnapshot> Properties(StackPlan plan) =>
    [
        new(CustomResourceKnownProperties.Source, plan.StackName),
        .. plan.Outputs.Select(output => new ResourcePropertySnapshot(output.Key, output.Value)),
    ];

    public void Dispose() => _oneAtATime.Dispose();

    private async Task FailAsync(Exception exception)
    {
        Failed(_logger, exception switch
        {
            KeptDataException => $"{exception.Message} {KeptDataException.Remedy(stack.DataDirectory)}",
            EmbeddedAwsException or DistributedApplicationException => exception.Message,
            // What nobody foresaw is worth its stack trace.
            _ => exception.ToString(),
        });
        await notifications.PublishUpdateAsync(stack, state => state with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
            StopTimeStamp = time.GetUtcNow().UtcDateTime,
        });
    }

    private void Write(ProvisioningReport report)
    {
        foreach (var (warning, text) in report.Lines())
            if (warning)
                NotKnown(_logger, text);
            else
                Resource(_logger, text);
        Provisioned(_logger, report.Plan.StackName, report.Resources.Count, (int)report.Took.TotalMilliseconds);
    }

    [LoggerMessage(LogLevel.Information, "{Line}")]
    private static partial void Resource(ILogger logger, string line);

    [LoggerMessage(LogLevel.Warning, "{Line}")]
    private static partial void NotKnown(ILogger logger, string line);

    [LoggerMessage(LogLevel.Information, "Stack {Stack}: {Count} resources in {Milliseconds} ms")]
    private static partial void Provisioned(ILogger logger, string stack, int count, int milliseconds);

    [LoggerMessage(LogLevel.Error, "{Reason}")]
    private static partial void Failed(ILogger logger, string reason);
}
