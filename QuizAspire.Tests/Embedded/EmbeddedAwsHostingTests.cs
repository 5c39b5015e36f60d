using Amazon.SQS.Model;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Hosting;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Embedded;

/// <summary>The emulators and the stack as resources, under the real orchestrator.</summary>
public sealed class EmbeddedAwsHostingTests : IDisposable
{
    private const string Template = """
        {
          "Resources": {
            "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "hosted.fifo", "FifoQueue": true } },
            "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "hosted", "BillingMode": "PAY_PER_REQUEST",
              "KeySchema": [{ "AttributeName": "KEY", "KeyType": "HASH" }], "AttributeDefinitions": [{ "AttributeName": "KEY", "AttributeType": "S" }] } }
          },
          "Outputs": { "SqsQueueUrl": { "Value": { "Ref": "Queue" } }, "DynamodbTableName": { "Value": { "Ref": "Table" } } }
        }
        """;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("hosted-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Stack_runs_with_its_outputs_and_gives_them_to_whoever_refers_to_it()
    {
        await using var app = await StartAsync((builder, aws) => builder
            .AddExecutable("reader", NodeLocator.Find(Repository.Tools), ".", "-p", "Object.entries(process.env).map(([name, value]) => `${name}=${value}`).join('\\n')")
            .WithAwsResources(aws));

        var state = await app.ReachedAsync(ResourceNames.Stack, KnownResourceStates.Running);
        Assert.Contains(state.Properties, property => property is { Name: "SqsQueueUrl", Value: string url } && url == app.Plan.Outputs["SqsQueueUrl"]);
        Assert.Contains(await app.LogAsync(ResourceNames.Stack), line => line.Contains("AWS::DynamoDB::Table hosted: created", StringComparison.Ordinal));

        await app.ReachedAsync("reader", KnownResourceStates.Finished);
        var seen = await app.LogAsync("reader");
        Assert.Contains(seen, line => line.EndsWith($"AWS__Resources__SqsQueueUrl={app.Plan.Outputs["SqsQueueUrl"]}", StringComparison.Ordinal));
        Assert.Contains(seen, line => line.EndsWith($"AWS_ENDPOINT_URL_DYNAMODB={app.Plan.Addresses.DynamoDb}", StringComparison.Ordinal));
        Assert.Contains(seen, line => line.EndsWith("AWS_ENDPOINT_URL_CLOUDWATCH=http://127.0.0.1:1", StringComparison.Ordinal));
        Assert.Contains(seen, line => line.EndsWith("AWS_REGION=us-west-1", StringComparison.Ordinal));
        Assert.Contains(seen, line => line.EndsWith("AWS_EC2_METADATA_DISABLED=true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Emulator_that_comes_back_empty_gets_its_resources_again()
    {
        await using var app = await StartAsync();
        await app.ReachedAsync(ResourceNames.Stack, KnownResourceStates.Running);

        Assert.True((await app.CommandAsync(ResourceNames.SqsSnsS3, KnownResourceCommands.RestartCommand)).Success);

        using var clients = new EmulatorClients(app.Plan.Addresses);
        await Eventually.BecomesTrueAsync(() => ExistsAsync(clients), "the queue is there again", TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task Command_makes_what_is_missing()
    {
        await using var app = await StartAsync();
        await app.ReachedAsync(ResourceNames.Stack, KnownResourceStates.Running);
        using var clients = new EmulatorClients(app.Plan.Addresses);
        await clients.DynamoDb.DeleteTableAsync("hosted");

        Assert.True((await app.CommandAsync(ResourceNames.Stack, "provision")).Success);

        Assert.Equal("hosted", (await clients.DynamoDb.DescribeTableAsync("hosted")).Table.TableName);
    }

    [Fact]
    public async Task Kept_data_of_another_shape_fails_the_stack_with_the_reason_in_its_log()
    {
        await using (var earlier = await StartAsync(keyName: "before"))
            await earlier.ReachedAsync(ResourceNames.Stack, KnownResourceStates.Running);

        await using var app = await StartAsync(keyName: "after");

        await app.ReachedAsync(ResourceNames.Stack, KnownResourceStates.FailedToStart);
        var log = await app.LogAsync(ResourceNames.Stack);
        Assert.Contains(log, line => line.Contains("keyed by before (S)", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains($"Delete {_data.FullName} to begin anew, or start with --data fresh", StringComparison.Ordinal));
        Assert.False((await app.CommandAsync(ResourceNames.Stack, "provision")).Success);
    }

    private static async Task<bool> ExistsAsync(EmulatorClients clients)
    {
        try
        {
            return (await clients.Sqs.GetQueueUrlAsync("hosted.fifo")).QueueUrl is not null;
        }
        catch (Exception exception) when (exception is QueueDoesNotExistException or HttpRequestException or Amazon.Runtime.AmazonClientException)
        {
            return false;
        }
    }

    /// <param name="keyName">The table's key; given, the data is kept in the test's own directory.</param>
    private async Task<Hosted> StartAsync(
        Action<IDistributedApplicationBuilder, QuizAspire.AppHost.Embedded.Hosting.EmbeddedAws>? compose = null, string? keyName = null)
    {
        var plan = StackPlanner.Plan(
            Template.Replace("KEY", keyName ?? "id", StringComparison.Ordinal), "hosted", new EmulatorAddresses(LocalPorts.Free(), LocalPorts.Free()));
        var application = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(ResourceNames).Assembly.GetName().Name,
            DisableDashboard = true,
        });
        application.Services.AddLogging(logging => logging.ClearProviders());
        var aws = application.AddEmbeddedAws(plan, Repository.Tools, keyName is null ? null : _data.FullName, cloudWatch: "http://127.0.0.1:1");
        compose?.Invoke(application, aws);
        return await Hosted.StartAsync(application, plan);
    }
}
