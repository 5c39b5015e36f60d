using Amazon.SimpleNotificationService.Model;
using Amazon.SQS.Model;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Embedded.Hosting;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Alarms;
using QuizAspire.AppHost.Monitoring.LocalServer;
using QuizAspire.Tests.Embedded;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Alarms;

/// <summary>Alarms of a template under the real orchestrator, with the shortest period there is.</summary>
public sealed class AlarmHostingTests
{
    private const string Template = """
        {
          "Resources": {
            "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "watched" } },
            "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" } },
            "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "alerts" } },
            "Depth": { "Type": "AWS::CloudWatch::Alarm", "Properties": {
              "AlarmName": "watched.depth", "Namespace": "AWS/SQS", "MetricName": "ApproximateNumberOfMessagesVisible",
              "Dimensions": [{ "Name": "QueueName", "Value": { "Fn::GetAtt": ["Queue", "QueueName"] } }],
              "Statistic": "Maximum", "Period": 10, "EvaluationPeriods": 1, "Threshold": 0, "ComparisonOperator": "GreaterThanThreshold",
              "AlarmActions": [{ "Ref": "Topic" }] } },
            "Gateway": { "Type": "AWS::CloudWatch::Alarm", "Properties": {
              "AlarmName": "gateway", "Namespace": "AWS/ApiGateway", "MetricName": "5xx", "Dimensions": [{ "Name": "ApiId", "Value": "x" }],
              "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 0, "ComparisonOperator": "GreaterThanThreshold" } }
          },
          "Outputs": {}
        }
        """;

    [Fact]
    public async Task A_message_that_waits_raises_the_alarm_and_its_end_takes_it_back()
    {
        var plan = StackPlanner.Plan(Template, "watched", new EmulatorAddresses(LocalPorts.Free(), LocalPorts.Free()));
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(ResourceNames).Assembly.GetName().Name,
            DisableDashboard = true,
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var server = builder.AddMonitoringServer();
        builder.AddAlarms(builder.AddEmbeddedAws(plan, Repository.Tools, dataDirectory: null, server.Address), emulator: null, server);
        await using var app = await Hosted.StartAsync(builder, plan);
        using var clients = new EmulatorClients(plan.Addresses);

        await app.ReachedAsync("watched-depth", "OK");
        var (queue, inbox) = (plan.Queues.Single(one => one.Name == "watched"), plan.Queues.Single(one => one.Name == "inbox"));
        await clients.Sns.SubscribeAsync(new SubscribeRequest(plan.Topics.Single().Arn, "sqs", inbox.Arn));
        await clients.Sqs.SendMessageAsync(new SendMessageRequest(queue.Url, "waits"));

        var raised = await app.ReachedAsync("watched-depth", "ALARM");
        Assert.Equal(KnownResourceStateStyles.Error, raised.State!.Style);
        Assert.StartsWith("Threshold Crossed: 1 datapoint [1.0 (", Property(raised, "State reason"), StringComparison.Ordinal);
        Assert.StartsWith("1.0 (", Property(raised, "Last datapoints"), StringComparison.Ordinal);
        Assert.Equal("10 s", Property(raised, "Period"));
        var message = Assert.Single((await clients.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(inbox.Url) { WaitTimeSeconds = 15 })).Messages);
        Assert.Equal("ALARM", Json.Of(Json.Of(message.Body).GetProperty("Message").GetString()!).GetProperty("NewStateValue").GetString());

        await clients.Sqs.PurgeQueueAsync(new PurgeQueueRequest { QueueUrl = queue.Url });
        Assert.Equal(KnownResourceStateStyles.Success, (await app.ReachedAsync("watched-depth", "OK")).State!.Style);
        var log = await app.LogAsync("watched-depth");
        Assert.Contains(log, line => line.Contains("watched.depth: OK -> ALARM. Threshold Crossed", StringComparison.Ordinal));

        var gateway = await app.ReachedAsync("gateway", "INSUFFICIENT_DATA");
        Assert.Equal(KnownResourceStateStyles.Warn, gateway.State!.Style);
        Assert.Equal("AWS/ApiGateway 5xx is not measured in a local run.", Property(gateway, "State reason"));
    }

    private static string? Property(CustomResourceSnapshot snapshot, string name) =>
        snapshot.Properties.Single(property => property.Name == name).Value?.ToString();
}
