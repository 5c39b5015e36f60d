using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Grpc;
using Aspire.Hosting.Dashboard.Protos;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard asks of the application host: its resources, their console logs, and the commands on them.</summary>
internal sealed class ResourceService(
    ResourceFeed feed, ResourceLoggerService loggers, ResourceCommandService commands, DashboardOptions options)
{
    public const string Name = "aspire.v1.DashboardService";

    /// <summary>Characters of console text in one message; at three bytes each far below the 16 MB that the dashboard accepts.</summary>
    internal const int MaxLogCharacters = 1024 * 1024;

    public void Map(IEndpointRouteBuilder endpoints, GrpcEndpoints grpc)
    {
        grpc.Map(endpoints, "GetApplicationInformation", GetApplicationInformationAsync);
        grpc.Map(endpoints, "WatchResources", WatchResourcesAsync);
        grpc.Map(endpoints, "WatchResourceConsoleLogs", WatchConsoleLogsAsync);
        grpc.Map(endpoints, "ExecuteResourceCommand", ExecuteCommandAsync);
        grpc.Map(endpoints, "WatchInteractions", WatchInteractionsAsync);
        grpc.MapUnknown(endpoints);
    }

    private async Task GetApplicationInformationAsync(GrpcCall call)
    {
        await call.ReadRequestAsync(Nothing.Parser);
        await call.WriteAsync(new ApplicationInformation { ApplicationName = options.ApplicationName });
    }

    private async Task WatchResourcesAsync(GrpcCall call)
    {
        await call.ReadRequestAsync(Nothing.Parser);
        var (watcher, initial) = feed.Watch();
        using (watcher)
        {
            await call.WriteAsync(new WatchResourcesUpdate { InitialData = new InitialData { Resources = { initial } } });
            while (true)
            {
                var changed = await watcher.TakeAsync(call.CancellationToken);
                var changes = changed.Select(resource => new Change { Upsert = resource });
                await call.WriteAsync(new WatchResourcesUpdate { Changes = new Changes { Value = { changes } } });
            }
        }
    }

    private async Task WatchConsoleLogsAsync(GrpcCall call)
    {
        var request = await call.ReadRequestAsync(ConsoleLogsRequest.Parser);
        if (!feed.Knows(request.ResourceName))
            throw new GrpcException(GrpcStatus.NotFound, $"There is no resource '{request.ResourceName}'.");

        await call.StartAsync();
        var logs = request.SuppressFollow ? loggers.GetAllAsync(request.ResourceName) : loggers.WatchAsync(request.ResourceName);
        await foreach (var lines in logs.WithCancellation(call.CancellationToken))
        {
            foreach (var update in ConsoleLogs.Split(lines, MaxLogCharacters))
                await call.WriteAsync(update);
        }
    }

    private async Task ExecuteCommandAsync(GrpcCall call)
    {
        var request = await call.ReadRequestAsync(CommandRequest.Parser);
        var result = await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, call.CancellationToken);
        await call.WriteAsync(CommandReplies.From(result));
    }

    /// <summary>The application asks its user nothing, but the page hangs now and then unless this stream is open.</summary>
    private static async Task WatchInteractionsAsync(GrpcCall call)
    {
        call.AllowIdleRequestBody();
        await call.StartAsync();
        await call.DrainRequestAsync();
        await Task.Delay(Timeout.Infinite, call.CancellationToken);
    }
}
