using Aspire.Hosting.Dcp;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public partial class DistributedApplicationBuilder
{
    /// <summary>The dashboard is registered before this, so it is up before the first resource starts and goes after the last has ended.</summary>
    partial void AddOrchestration()
    {
        if (ExecutionContext.IsPublishMode)
        {
            Services.AddHostedService<PipelineExecutor>();
            return;
        }

        Services.AddSingleton(services => DcpOptions.From(services.GetRequiredService<IConfiguration>(), _options));
        Services.AddSingleton<DcpServer>();
        Services.AddSingleton<ProcessInstances>();
        Services.AddSingleton<ResourceValues>();
        Services.AddSingleton<ExecutableFactory>();
        Services.AddSingleton<EndpointAllocator>();
        Services.AddSingleton<ResourceUrls>();
        Services.AddSingleton<ProcessController>();
        Services.AddSingleton<ProcessWatcher>();
        if (_options.EnableResourceLogging)
            Services.AddHostedService<ResourceLogForwarder>();
        Services.AddHostedService<ResourceHealthService>();
        Services.AddHostedService<ApplicationOrchestrator>();
        // DCP gives a process six seconds to end; the host's own patience must be longer.
        Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
    }
}
