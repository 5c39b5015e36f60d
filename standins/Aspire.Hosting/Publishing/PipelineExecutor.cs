#pragma warning disable ASPIREPIPELINES001 // The pipeline's own parts.
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>In publish mode nothing is started: the pipeline runs, and the application ends.</summary>
/// <remarks>
/// A failure is logged and ends the application, whose exit code nothing sets: Aspire's CLI learns of it in another way. An AppHost that is
/// run without it knows a success by <see cref="AfterPublishEvent"/>.
/// </remarks>
internal sealed partial class PipelineExecutor(
    DistributedApplicationPipeline pipeline, DistributedApplicationModel model, DistributedApplicationExecutionContext executionContext,
    IDistributedApplicationEventing eventing, IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<PipelineExecutor> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await eventing.PublishAsync(new BeforePublishEvent(services, model), stoppingToken).ConfigureAwait(false);
            await pipeline.ExecuteAsync(new PipelineContext(model, executionContext, services, logger, stoppingToken)).ConfigureAwait(false);
            await eventing.PublishAsync(new AfterPublishEvent(services, model), stoppingToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailure(logger, exception, exception.Message);
            throw new DistributedApplicationException($"The pipeline failed: {exception.Message}", exception);
        }

        lifetime.StopApplication();
    }

    [LoggerMessage(LogLevel.Error, "{Reason}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string reason);
}
