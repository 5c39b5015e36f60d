using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Protos;
using Microsoft.Extensions.Logging;

namespace Standins.Tests.Dashboard;

public class ConsoleLogTests
{
    private const int NotFound = 5;

    [Fact]
    public async Task Backlog_comes_first_then_each_new_line_with_its_number_and_stream()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        await fixture.AddAsync("api");
        var logger = fixture.Loggers.GetLogger("api");
        logger.LogInformation("one");
        logger.LogError("two");
        using var reply = await FollowAsync(fixture, "api");

        var lines = await ReadLinesAsync(reply, 2);
        logger.LogInformation("three");
        lines.AddRange(await ReadLinesAsync(reply, 1));

        Assert.Equal([1, 2, 3], lines.Select(line => line.LineNumber));
        Assert.Equal([false, true, false], lines.Select(line => line.IsStdErr));
        Assert.All(lines.Zip(["one", "two", "three"]), pair => Assert.EndsWith(pair.Second, pair.First.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Big_backlog_arrives_whole_and_in_order()
    {
        const int Lines = 10_000;
        await using var fixture = await ResourceServiceFixture.StartAsync();
        await fixture.AddAsync("api");
        var padding = new string('x', 400);
        for (var line = 1; line <= Lines; line++)
            fixture.Loggers.Append("api", $"{line} {padding}", isError: false);
        using var reply = await FollowAsync(fixture, "api");

        var lines = await ReadLinesAsync(reply, Lines);

        Assert.Equal(Enumerable.Range(1, Lines), lines.Select(line => line.LineNumber));
        Assert.All(lines, line => Assert.StartsWith($"{line.LineNumber} ", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Suppressed_follow_ends_with_the_backlog()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        await fixture.AddAsync("api");
        fixture.Loggers.Append("api", "only", isError: false);
        using var reply = await fixture.Client.SendAsync(
            "WatchResourceConsoleLogs", new ConsoleLogsRequest { ResourceName = "api", SuppressFollow = true });

        Assert.Equal("only", (await ReadLinesAsync(reply, 1)).Single().Text);
        Assert.Equal((0, ""), await reply.EndAsync());
    }

    [Fact]
    public async Task Log_of_an_unknown_resource_is_not_found()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        using var reply = await FollowAsync(fixture, "nobody");
        var (status, message) = await reply.EndAsync();

        Assert.Equal(NotFound, status);
        Assert.Contains("nobody", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_spread_over_messages_and_a_line_too_long_is_cut()
    {
        LogLine[] lines = [new(1, "12345", false), new(2, "67890", true), new(3, "a line that is too long", false), new(4, "end", false)];

        var updates = ConsoleLogs.Split(lines, maxCharacters: 10).Select(update => update.LogLines.Select(line => line.Text)).ToList();

        Assert.Equal([["12345", "67890"], ["a line tha"], ["end"]], updates);
    }

    private static Task<GrpcReply> FollowAsync(ResourceServiceFixture fixture, string resource) =>
        fixture.Client.SendAsync("WatchResourceConsoleLogs", new ConsoleLogsRequest { ResourceName = resource });

    private static async Task<List<ConsoleLogLine>> ReadLinesAsync(GrpcReply reply, int count)
    {
        var lines = new List<ConsoleLogLine>();
        while (lines.Count < count)
            lines.AddRange((await reply.ReadAsync(ConsoleLogsUpdate.Parser))!.LogLines);
        Assert.Equal(count, lines.Count);
        return lines;
    }
}
