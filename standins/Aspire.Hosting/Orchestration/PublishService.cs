using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Orchestration;

/// <summary>In publish mode nothing is started: those who have something to publish do it, and the application ends.</summary>
internal sealed class PublishService(
    DistributedApplicationModel model, IDistributedApplicationEventing eventing, IServiceProvider services, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await eventing.PublishAsync(new BeforePublishEvent(services, model), stoppingToken).ConfigureAwait(false);
            await eventing.PublishAsync(new AfterPublishEvent(services, model), stoppingToken).ConfigureAwait(false);
        }
        finally
        {
            lifetime.StopApplication();
        }
    }
}
