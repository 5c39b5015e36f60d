using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Standins.Tests.Hosting;

public sealed class ProcessTests
{
    [Fact]
    public async Task A_process_that_ends_is_finished_with_its_exit_code_and_times()
    {
        var builder = TestHost.CreateBuilder();
        builder.AddExecutable("job", "sh", ".", "-c", "exit 3");
        await using var host = await TestHost.StartAsync(builder);

        var ended = await host.Reached("job", KnownResourceStates.Finished);

        Assert.Equal(3, ended.ExitCode);
        Assert.NotNull(ended.StartTimeStamp);
        Assert.NotNull(ended.StopTimeStamp);
    }

    [Fact]
    public async Task The_log_holds_all_output_of_both_streams_before_the_end_is_told()
    {
        var builder = TestHost.CreateBuilder();
        builder.AddExecutable("talker", "sh", ".", "-c", "for i in 1 2 3; do echo out $i; done; echo problem >&2");
        await using var host = await TestHost.StartAsync(builder);
        await host.Reached("talker", KnownResourceStates.Finished);

        var log = await host.Log("talker");

        Assert.Equal(["out 1", "out 2", "out 3"], log.Where(line => !line.IsError).Select(line => line.Text));
        Assert.Equal(["problem"], log.Where(line => line.IsError).Select(line => line.Text));
    }

    [Fact]
    public async Task A_reader_of_the_log_gets_the_backlog_and_then_each_line_as_it_comes()
    {
        var gate = Path.Combine(Directory.CreateTempSubdirectory().FullName, "gate");
        var builder = TestHost.CreateBuilder();
        builder.AddExecutable("talker", "sh", ".", "-c", $"echo first; while [ ! -e '{gate}' ]; do sleep 0.05; done; echo second; sleep 100");
        await using var host = await TestHost.StartAsync(builder);
        await Eventually.Is(async () => (await host.Log("talker")).Count == 1, "the first line is in the backlog");

        host.Notifications.TryGetCurrentState("talker", out var current);
        var seen = new List<string>();
        await foreach (var batch in host.Loggers.WatchAsync(current!.ResourceId).WithCancellation(TestHost.Deadline()))
        {
            seen.AddRange(batch.Select(line => $"{line.LineNumber} {line.Content.Split(' ')[1]}"));
            if (seen.Count == 1)
                await File.WriteAllTextAsync(gate, "");
            else
                break;
        }

        Assert.Equal(["1 first", "2 second"], seen);
    }

    [Fact]
    public async Task What_cannot_start_says_why_and_the_others_run()
    {
        var builder = TestHost.CreateBuilder();
        builder.AddExecutable("missing", "no-such-program-anywhere", ".");
        builder.AddExecutable("nowhere", "sh", "/no/such/folder");
        builder.AddExecutable("confused", "sh", ".").WithEnvironment(_ => throw new InvalidOperationException("the callback's own words"));
        builder.AddExecutable("fine", "sleep", ".", "100");
        await using var host = await TestHost.StartAsync(builder);

        foreach (var (name, reason) in new[]
                 {
                     ("missing", "executable file not found"), ("nowhere", "no such file or directory"), ("confused", "the callback's own words"),
                 })
        {
            await host.Reached(name, KnownResourceStates.FailedToStart);
            Assert.Contains(await host.Log(name), line => line.IsError && line.Text.Contains(reason, StringComparison.Ordinal));
        }
        await host.Reached("fine", KnownResourceStates.Running);
    }

    [Fact]
    public async Task A_running_process_shows_what_it_is()
    {
        var builder = TestHost.CreateBuilder();
        builder.AddExecutable("sleeper", "sleep", ".", "100").WithEnvironment("GIVEN", "by the model").WithIconName("Clock");
        await using var host = await TestHost.StartAsync(builder);

        var running = await host.Reached("sleeper", KnownResourceStates.Running);

        Assert.Equal("Executable", running.ResourceType);
        Assert.Equal("Clock", running.IconName);
        object? Property(string name) => running.Properties.Single(property => property.Name == name).Value;
        Assert.EndsWith("sleep", (string)Property("executable.path")!, StringComparison.Ordinal);
        Assert.Equal(["100"], (IEnumerable<string>)Property("executable.args")!);
        Assert.True((int)Property("executable.pid")! > 0);
        Assert.True(Directory.Exists((string)Property("executable.workDir")!));
        Assert.Contains(new EnvironmentVariableSnapshot("GIVEN", "by the model", IsFromSpec: true), running.EnvironmentVariables);
        Assert.Contains(running.EnvironmentVariables, variable => variable.Name == "PATH" && !variable.IsFromSpec);
        Assert.Equal(Environment.GetEnvironmentVariable("HOME"), running.EnvironmentVariables.Single(variable => variable.Name == "HOME").Value);
    }
}
