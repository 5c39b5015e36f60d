using System.Diagnostics;
using System.Globalization;
using Amazon.Lambda.TestTool.Emulator;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Standins.Tests.Hosting;
using Standins.Tests.Sqs;

namespace Standins.Tests.Lambda;

/// <summary>A function with its emulator and event source, run by AppHost under the real DCP.</summary>
public class HostedFunctionTests(Fauxqs fauxqs) : IClassFixture<Fauxqs>
{
    [Fact]
    public async Task Two_instances_share_a_queue_and_one_that_is_killed_in_mid_call_is_replaced()
    {
        using var queue = await TestQueue.CreateAsync(fauxqs, visibilityTimeout: 3);
        var builder = TestHost.CreateBuilder();
        var service = builder.AddAWSLambdaServiceEmulator().WithHttpHealthCheck("/lambda-runtime-api/healthcheck", endpointName: "http");
        var function = builder.AddAWSLambdaFunction<SampleFunction>("f", "SampleFunction").WithSQSEventSource(queue.Url).WithReplicas(2).WaitFor(service);
        foreach (var child in builder.Resources.OfType<ExecutableResource>())
            builder.CreateResourceBuilder(child).WithEnvironment("AWS_ENDPOINT_URL_SQS", fauxqs.Url).WithEnvironment("AWS_REGION", "us-west-1")
                .WithEnvironment("AWS_ACCESS_KEY_ID", "access").WithEnvironment("AWS_SECRET_ACCESS_KEY", "secret")
                .WithEnvironment("LAMBDA_FUNCTION_TIMEOUTS", "f=60");
        await using var host = await TestHost.StartAsync(builder);
        await host.Notifications.WaitForResourceHealthyAsync("LambdaServiceEmulator", TestHost.Deadline());
        var instances = function.Resource.GetResolvedResourceNames();
        var emulator = host.App.GetEndpoint("LambdaServiceEmulator", "http");
        await UntilRunningAsync(emulator);

        await queue.SendAsync("a", "hang-once a", "ok after a");
        var line = await Eventually.Gives(
            async () => (await LinesAsync(host, instances)).FirstOrDefault(line => line.EndsWith("hang-once a", StringComparison.Ordinal)),
            "an instance has the message", TimeSpan.FromSeconds(40));
        await queue.SendAsync("b", "ok b");
        using (var process = Process.GetProcessById(int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)))
            process.Kill();
        await queue.UntilEmptyAsync();

        await UntilRunningAsync(emulator);
        // A message is gone from the queue before the last word of who handled it has come through DCP's log.
        var handled = await Eventually.Gives(
            async () => await LinesAsync(host, instances) is { Count: >= 4 } lines ? lines : null,
                "four messages were handled", TimeSpan.FromSeconds(20));
        Assert.Equal(
            ["hang-once a", "hang-once a", "ok after a", "ok b"],
            handled.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Order(StringComparer.Ordinal));
    }

    private static async Task UntilRunningAsync(Uri emulator)
    {
        using var http = new HttpClient { BaseAddress = emulator };
        await Eventually.Is(async () => (await http.GetStringAsync(LambdaEmulator.CountsPath)).Contains("\"instances\":2", StringComparison.Ordinal),
            "two instances run", TimeSpan.FromSeconds(40));
    }

    /// <summary>What the instances wrote about messages: process id and body.</summary>
    private static async Task<IReadOnlyList<string>> LinesAsync(TestHost host, IReadOnlyList<string> instances)
    {
        var lines = new List<string>();
        foreach (var instance in instances)
        {
            await foreach (var batch in host.Loggers.GetAllAsync(instance))
                lines.AddRange(batch.Select(line => line.Content[(line.Content.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        }
        return [.. lines.Where(line => line.Length > 0 && char.IsAsciiDigit(line[0]))];
    }

    private sealed class SampleFunction : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.Combine(TestHost.RepositoryRoot, "standins", "Tests", "SampleFunction", "SampleFunction.csproj");

        public bool SuppressBuild => true;
    }
}
