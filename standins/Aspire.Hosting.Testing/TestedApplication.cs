using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The application as the test holds it: its start and stop are those of the AppHost's Main, which waits inside its Run.</summary>
internal sealed class TestedApplication(DistributedApplication inner, EntryPointRun run) : DistributedApplication(new SharedHost(inner))
{
    public override Task StartAsync(CancellationToken cancellationToken = default) => run.StartAsync(cancellationToken);

    public override Task StopAsync(CancellationToken cancellationToken = default) => run.StopAsync(cancellationToken);

    public override async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        await inner.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public override ValueTask DisposeAsync() => run.DisposeAsync();

    /// <summary>Gives the services of an application that somebody else owns.</summary>
    private sealed class SharedHost(DistributedApplication application) : IHost
    {
        public IServiceProvider Services => application.Services;

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
