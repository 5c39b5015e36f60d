using QuizAspire.AppHost.Embedded.Hosting;
using QuizAspire.AppHost.Monitoring.LocalServer;
using QuizAspire.AppHost.Provisioned;

namespace QuizAspire.AppHost.Backends;

internal static class AwsExtensions
{
    /// <summary>Adds the AWS that the command line chooses.</summary>
    /// <exception cref="LaunchException">It cannot be had, with the reason; nothing has been started then.</exception>
    public static async Task<IAwsBackend> AddAwsAsync(
        this IDistributedApplicationBuilder builder, LaunchOptions options, QuizStackPlan plan, ProjectFolders folders,
        MonitoringServer server) => options.Aws.Mode switch
    {
        AwsMode.Endpoint => await builder.AddEndpointAwsAsync(plan, options.Aws),
        AwsMode.Account => await builder.AddAccountAwsAsync(plan, options.Aws),
        AwsMode.LocalStack => await builder.AddLocalStackAwsAsync(plan, options.Aws, options.Ports.SqsSnsS3),
        _ => builder.AddEmbeddedAws(plan.Stack, folders.Tools, options.DataDirectory(folders), server.Address, folders.Scratch),
    };
}
