using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Embedded.Hosting;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Inbox;
using QuizAspire.AppHost.Monitoring.LocalServer;
using QuizAspire.Tests.Embedded;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Monitoring;

/// <summary>The inbox in an application: what the dashboard shows of it, and what AppHost's server answers.</summary>
public sealed class InboxHostingTests
{
    private const string Topic = "arn:aws:sns:us-west-1:000000000000:told";
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task Notification_is_a_line_of_the_log_a_property_and_an_answer()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(ResourceNames).Assembly.GetName().Name,
            DisableDashboard = true,
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var plan = StackPlanner.Plan(
            """
            {"Resources":{
              "T":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"told"}},
              "M":{"Type":"AWS::SNS::Subscription","Properties":{"TopicArn":{"Ref":"T"},"Protocol":"email","Endpoint":"a@quiz.example"}}}}
            """,
            "hosted", new EmulatorAddresses(LocalPorts.Free(), LocalPorts.Free()));
        var server = builder.AddMonitoringServer();
        var aws = builder.AddEmbeddedAws(plan, Repository.Tools, dataDirectory: null, server.Address);
        Assert.NotNull(builder.AddInbox(aws, server));
        await using var app = await Hosted.StartAsync(builder, plan);
        var state = await app.ReachedAsync(ResourceNames.Inbox, KnownResourceStates.Running);
        Assert.Equal($"{server.Address}/notifications", Assert.Single(state.Urls).Url);

        await aws.Clients.Sns.PublishAsync(Topic, "the body", "the subject");

        await Eventually.BecomesTrueAsync(
            async () => (await app.LogAsync(ResourceNames.Inbox)).Any(line => line.Contains("told: the subject", StringComparison.Ordinal)),
            "a line of the log");
        await Eventually.BecomesTrueAsync(
            async () => (await app.ReachedAsync(ResourceNames.Inbox, KnownResourceStates.Running))
                .Properties.Any(one => one is { Name: "Last subject", Value: "the subject" }),
            "the last subject");
        var answer = await Http.GetStringAsync($"{server.Address}/notifications");
        Assert.Contains("\"subject\":\"the subject\",\"message\":\"the body\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("the body", string.Concat(await app.LogAsync(ResourceNames.Inbox)), StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_is_given_addresses_where_none_is_sent_unless_others_are_given()
    {
        var parameters = QuizStackPlan.WithAddresses(new Dictionary<string, string> { ["AlertEmail"] = "", ["MaxReceiveCount"] = "5" });

        Assert.Equal(
            new Dictionary<string, string> { ["AlertEmail"] = "", ["StatisticsEmail"] = "statistics@quiz.example", ["MaxReceiveCount"] = "5" },
            parameters);
    }
}
