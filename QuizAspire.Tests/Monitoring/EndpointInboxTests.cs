using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Inbox;
using QuizAspire.AppHost.Monitoring.LocalServer;
using QuizAspire.AppHost.Provisioned;
using QuizAspire.Tests.Embedded;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Monitoring;

/// <summary>Where CloudFormation provisions, AppHost learns the real names from the stack and makes the inbox's queue itself.</summary>
public sealed class EndpointInboxTests : IDisposable
{
    private const string Topic = "arn:aws:sns:us-west-1:000000000000:told";

    private const string Template = """
        {"Resources":{
          "T":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"told"}},
          "Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"work"}},
          "A":{"Type":"AWS::CloudWatch::Alarm","Properties":{"AlarmName":"a","Namespace":"AWS/SQS","MetricName":"m","EvaluationPeriods":1,
            "ComparisonOperator":"GreaterThanThreshold","Period":60,"Statistic":"Sum","Threshold":1}},
          "M":{"Type":"AWS::SNS::Subscription","Properties":{"TopicArn":{"Ref":"T"},"Protocol":"email","Endpoint":"a@quiz.example"}}},
         "Outputs":{"TopicArn":{"Value":{"Ref":"T"}},"QueueUrl":{"Value":{"Ref":"Q"}}}}
        """;

    private static readonly HttpClient Http = new();
    private readonly string _template = Path.GetTempFileName();

    public void Dispose() => File.Delete(_template);

    [MotoFact]
    public async Task Notification_arrives_from_the_topic_that_the_stack_names()
    {
        await using var moto = await MotoServer.StartAsync();
        await File.WriteAllTextAsync(_template, Template);
        var plan = StackPlanner.Plan(Template, "stack", new EmulatorAddresses(1, 2));
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(ResourceNames).Assembly.GetName().Name,
            DisableDashboard = true,
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var server = builder.AddMonitoringServer();
        var aws = await builder.AddEndpointAwsAsync(
            new QuizStackPlan(plan, _template, new Dictionary<string, string>(), plan.Alarms.Select(alarm => alarm.Name).ToHashSet()),
            new AwsOptions(AwsMode.Endpoint, moto.Url));
        builder.AddInbox(aws, server);
        await using var app = await Hosted.StartAsync(builder, plan);
        await app.ReachedAsync(ResourceNames.Inbox, KnownResourceStates.Running);

        var topic = await aws.ResolveAsync(Topic, CancellationToken.None);
        await Eventually.BecomesTrueAsync(async () =>
        {
            // Until the queue is subscribed nobody takes what the topic tells.
            await aws.Clients.Sns.PublishAsync(topic, "the body", "the subject");
            return (await Http.GetStringAsync($"{server.Address}/notifications")).Contains("\"the subject\"", StringComparison.Ordinal);
        }, "the notification");

        Assert.StartsWith("arn:aws:sns:us-west-1:123456789012:", topic, StringComparison.Ordinal);
        Assert.Equal("arn:aws:sqs:us-west-1:123456789012:work", await aws.ResolveAsync(plan.Queues[0].Arn, CancellationToken.None));
        Assert.EndsWith("/123456789012/work", await aws.ResolveAsync(plan.Queues[0].Url, CancellationToken.None), StringComparison.Ordinal);
        Assert.Equal("work", await aws.ResolveAsync("work", CancellationToken.None));
        await Assert.ThrowsAsync<LaunchException>(
            () => aws.ResolveAsync("arn:aws:sns:us-west-1:000000000000:other", CancellationToken.None).AsTask());
        // moto keeps alarms and evaluates none.
        Assert.False(aws.EvaluatesAlarm(Assert.Single(plan.Alarms)));
        Assert.False(aws.DeliversMail);
    }
}
