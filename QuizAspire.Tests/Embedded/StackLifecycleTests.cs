using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuizAspire.AppHost.Embedded.Hosting;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Embedded;

/// <summary>Whatever goes wrong while the stack is made, its state and its log say so.</summary>
public sealed class StackLifecycleTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    /// <summary>How the SDK tells that a call was cut off differs from client to client.</summary>
    public static TheoryData<Type> WaysToBeCutOff =>
        [typeof(HttpRequestException), typeof(Amazon.Runtime.AmazonClientException), typeof(TaskCanceledException), typeof(OperationCanceledException)];

    [Theory]
    [MemberData(nameof(WaysToBeCutOff))]
    public async Task Emulator_that_does_not_answer_fails_the_stack_and_is_named(Type way)
    {
        var type = new Failing("AWS::DynamoDB::Table", async cancellation =>
        {
            var cutOff = new TaskCompletionSource();
            await using var registration = cancellation.Register(cutOff.SetResult);
            await cutOff.Task;
            throw (Exception)Activator.CreateInstance(way, "cut off")!;
        });

        var log = await FailureOfAsync(type);

        Assert.Contains("dynamodb (http://127.0.0.1:2) was not reachable within 0.3 s", log, StringComparison.Ordinal);
        Assert.Contains("AWS::DynamoDB::Table thing", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_that_nobody_foresaw_fails_the_stack_with_its_reason()
    {
        var log = await FailureOfAsync(new Failing("AWS::SQS::Queue", _ => throw new FormatException("Nine is no number.")));

        Assert.Contains("FormatException: Nine is no number.", log, StringComparison.Ordinal);
    }

    /// <returns>The stack's log, once its start has come to an end and left it failed.</returns>
    private static async Task<string> FailureOfAsync(ResourceType type)
    {
        var identity = new ResourceIdentity("thing", "thing", new Dictionary<string, string>());
        var plan = new StackPlan(
            "stack", new EmulatorAddresses(1, 2), [new PlannedResource("Thing", type, identity, new JsonObject())], new Dictionary<string, string>(), []);
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        var stack = new StackResource("stack", plan, dataDirectory: null);
        builder.AddResource(stack);
        await using var application = builder.Build();
        var services = application.Services;
        using var lifecycle = new StackLifecycle(
            stack,
            application.ResourceNotifications,
            services.GetRequiredService<ResourceLoggerService>(),
            services.GetRequiredService<IHostApplicationLifetime>(),
            TimeProvider.System,
            Limit);

        await lifecycle.StartAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(application.ResourceNotifications.TryGetCurrentState("stack", out var state));
        Assert.Equal(KnownResourceStates.FailedToStart, state.Snapshot.State?.Text);
        var lines = new List<string>();
        await foreach (var batch in services.GetRequiredService<ResourceLoggerService>().GetAllAsync(stack))
            lines.AddRange(batch.Select(line => line.Content));
        return string.Join('\n', lines);
    }

    private sealed class Failing(string name, Func<CancellationToken, Task<ProvisionedResource>> provision) : ResourceType(name)
    {
        public override ResourceIdentity Identify(ResourceRequest request) => throw new NotSupportedException();

        public override Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation) =>
            provision(cancellation);
    }
}
