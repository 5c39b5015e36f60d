using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Monitoring.LocalServer;
using QuizAspire.AppHost.Monitoring.Telemetry;

namespace QuizAspire.AppHost.Monitoring.Inbox;

internal static class InboxExtensions
{
    private const string AddressVariable = "Notifications__Address";

    /// <summary>
    /// Adds an inbox for what the template would have mailed, unless this AWS mails it. The API, added before, is told where it is.
    /// </summary>
    /// <returns>Null where mail is delivered.</returns>
    public static IResourceBuilder<InboxResource>? AddInbox(this IDistributedApplicationBuilder builder, IAwsBackend aws, MonitoringServer server)
    {
        if (aws.DeliversMail)
            return null;

        var box = new NotificationBox();
        server.Map(routes => routes.MapNotifications(box));
        var mailed = aws.Plan.Subscriptions.Where(subscription => InboxQueue.IsMail(subscription.Protocol));
        var resource = new InboxResource(
            ResourceNames.Inbox,
            [.. mailed.Select(subscription => subscription.TopicArn).Distinct(StringComparer.Ordinal)],
            $"{server.Address}{NotificationRoutes.Path}");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddHostTelemetry();
        builder.Services.TryAddSingleton(aws);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<InboxService>(services, resource, box));
        foreach (var api in builder.Resources.OfType<ProjectResource>().Where(project => project.Name == ResourceNames.Api).ToArray())
            builder.CreateResourceBuilder(api).WithEnvironment(AddressVariable, server.Address);
        return builder.AddResource(resource)
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "Inbox",
                Properties = InboxResource.Properties(0, null),
                State = KnownResourceStates.Waiting,
            })
            .WithIconName("MailInbox")
            .ExcludeFromManifest();
    }
}
