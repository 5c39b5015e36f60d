namespace Aspire.Hosting.Testing;

public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Lets the AppHost's Main go on to build the application, and gives it to the test to start.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
