using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SQS.Model;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Embedded;

public sealed class EmulatorLauncherTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("emulator-");

    public static TheoryData<string> Launchers => ["fauxqs", "dynalite"];

    public void Dispose() => _data.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task Listens_on_loopback_only_and_ends_cleanly_while_a_caller_holds_a_connection(string launcher)
    {
        await using var emulator = await Emulator.StartAsync(launcher);

        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == emulator.Port);
        Assert.Equal(IPAddress.Loopback, Assert.Single(listeners).Address);

        // A caller with a connection open, as every SDK leaves it, must not hold up the end: a server that waited for it would wait for good.
        using var caller = new TcpClient();
        await caller.ConnectAsync(IPAddress.Loopback, emulator.Port);
        Assert.Equal(0, await emulator.TerminateAsync());
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task Taken_port_is_one_clear_error(string launcher)
    {
        await using var first = await Emulator.StartAsync(launcher);
        await using var second = Emulator.Launch(launcher, port: first.Port);

        Assert.Equal(1, await second.ExitCodeAsync());
        Assert.Contains($"Port {first.Port} on 127.0.0.1 is taken", second.Said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task Data_in_use_is_one_clear_error(string launcher)
    {
        await using var first = await Emulator.StartAsync(launcher, _data.FullName);
        await using var second = Emulator.Launch(launcher, _data.FullName);

        Assert.Equal(1, await second.ExitCodeAsync());
        Assert.Contains($"in use by another {launcher}", second.Said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public async Task Data_of_another_version_is_one_clear_error(string launcher)
    {
        await File.WriteAllTextAsync(Path.Combine(_data.FullName, "emulator.json"), """{"writer":"fauxqs 0.0.1"}""");
        await using var emulator = Emulator.Launch(launcher, _data.FullName);

        Assert.Equal(1, await emulator.ExitCodeAsync());
        Assert.Contains("written by fauxqs 0.0.1", emulator.Said, StringComparison.Ordinal);
        Assert.Contains($"Delete {_data.FullName} to begin anew, or start with --data fresh", emulator.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_queue_loses_no_confirmed_message_even_on_another_port()
    {
        var confirmed = new ConcurrentBag<string>();
        await using (var emulator = await Emulator.StartAsync("fauxqs", _data.FullName))
        {
            using var clients = ClientsOf(sqsSnsS3: emulator.Port);
            var url = (await clients.Sqs.CreateQueueAsync(new CreateQueueRequest("kept.fifo") { Attributes = Fifo() })).QueueUrl;
            await LoadUntilKilledAsync(emulator, confirmed, async id =>
                await clients.Sqs.SendMessageAsync(new SendMessageRequest(url, id) { MessageGroupId = id }));
        }

        await using var again = await Emulator.StartAsync("fauxqs", _data.FullName);
        using var later = ClientsOf(sqsSnsS3: again.Port);
        var kept = (await later.Sqs.GetQueueUrlAsync("kept.fifo")).QueueUrl;
        var found = new HashSet<string>();
        while ((await later.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(kept) { MaxNumberOfMessages = 10 })).Messages is { Count: > 0 } messages)
            found.UnionWith(messages.Select(message => message.Body));

        Assert.Contains($":{again.Port}/", kept, StringComparison.Ordinal);
        Assert.NotEmpty(confirmed);
        Assert.Empty(confirmed.Except(found));
    }

    [Fact]
    public async Task Kept_message_made_visible_at_once_comes_back_with_its_receive_count_and_goes_to_the_dead_letters()
    {
        await using var emulator = await Emulator.StartAsync("fauxqs", _data.FullName);
        using var clients = ClientsOf(sqsSnsS3: emulator.Port);
        var deadLetters = (await clients.Sqs.CreateQueueAsync(new CreateQueueRequest("dead.fifo") { Attributes = Fifo() })).QueueUrl;
        var attributes = Fifo();
        attributes["RedrivePolicy"] = """{"deadLetterTargetArn":"arn:aws:sqs:us-west-1:000000000000:dead.fifo","maxReceiveCount":2}""";
        var url = (await clients.Sqs.CreateQueueAsync(new CreateQueueRequest("live.fifo") { Attributes = attributes })).QueueUrl;
        await clients.Sqs.SendMessageAsync(new SendMessageRequest(url, "poison") { MessageGroupId = "g" });

        for (var receive = 1; receive <= 2; receive++)
        {
            var message = Assert.Single((await clients.Sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest(url) { MessageSystemAttributeNames = ["ApproximateReceiveCount"] })).Messages);
            Assert.Equal(receive.ToString(CultureInfo.InvariantCulture), message.Attributes["ApproximateReceiveCount"]);
            await clients.Sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 0);
        }

        Assert.True((await clients.Sqs.ReceiveMessageAsync(url)).Messages is null or []);
        Assert.Equal("poison", Assert.Single((await clients.Sqs.ReceiveMessageAsync(deadLetters)).Messages).Body);
    }

    [Fact]
    public async Task Killed_database_loses_no_confirmed_item()
    {
        var confirmed = new ConcurrentBag<string>();
        await using (var emulator = await Emulator.StartAsync("dynalite", _data.FullName))
        {
            using var clients = ClientsOf(dynamoDb: emulator.Port);
            await CreateTableAsync(emulator.Port);
            await LoadUntilKilledAsync(emulator, confirmed, async id =>
                await clients.DynamoDb.PutItemAsync("kept", new Dictionary<string, AttributeValue> { ["id"] = new(id) }));
        }

        await using var again = await Emulator.StartAsync("dynalite", _data.FullName);
        using var later = ClientsOf(dynamoDb: again.Port);
        var found = (await later.DynamoDb.ScanAsync(new ScanRequest("kept"))).Items.Select(item => item["id"].S).ToHashSet();

        Assert.NotEmpty(confirmed);
        Assert.Empty(confirmed.Except(found));
    }

    [Fact]
    public async Task Caller_that_hangs_up_in_mid_request_does_not_end_the_database()
    {
        await using var emulator = await Emulator.StartAsync("dynalite");
        for (var caller = 0; caller < 3; caller++)
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(IPAddress.Loopback, emulator.Port);
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 500\r\n\r\n{"));
            connection.LingerState = new LingerOption(true, 0);
        }

        await CreateTableAsync(emulator.Port);
        Assert.DoesNotContain("Error", emulator.Said, StringComparison.Ordinal);
    }

    /// <summary>Writes with four writers until the emulator is killed under them, after enough was confirmed to mean something.</summary>
    private static async Task LoadUntilKilledAsync(Emulator emulator, ConcurrentBag<string> confirmed, Func<string, Task> write)
    {
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; ; number++)
            {
                var id = $"{writer}-{number}";
                try
                {
                    await write(id);
                }
                catch (Exception exception) when (exception is AmazonClientException or HttpRequestException)
                {
                    return;
                }

                confirmed.Add(id);
            }
        })).ToArray();
        await Eventually.BecomesTrueAsync(() => Task.FromResult(confirmed.Count > 300), "300 writes confirmed");
        await emulator.KillAsync();
        await Task.WhenAll(writers);
    }

    private static async Task CreateTableAsync(int port) => await new StackProvisioner(TimeProvider.System).ProvisionAsync(
        StackPlanner.Plan(
            """
            {"Resources":{"T":{"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"kept","BillingMode":"PAY_PER_REQUEST",
              "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}}}}
            """, "stack", new EmulatorAddresses(1, port)),
        TimeSpan.FromSeconds(20), CancellationToken.None);

    private static EmulatorClients ClientsOf(int sqsSnsS3 = 1, int dynamoDb = 1) => new(new EmulatorAddresses(sqsSnsS3, dynamoDb));

    private static Dictionary<string, string> Fifo() => new() { ["FifoQueue"] = "true", ["ContentBasedDeduplication"] = "true" };
}
