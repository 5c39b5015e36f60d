using System.Diagnostics;
using System.Globalization;

namespace Standins.Tests.Hosting;

/// <summary>An AppHost as a process of its own, ended gently and violently.</summary>
public sealed class ShutdownTests
{
    [Theory]
    [InlineData("-INT", 10)]
    [InlineData("-TERM", 10)]
    [InlineData("-KILL", 20)]
    public async Task However_an_AppHost_is_ended_it_leaves_no_process(string signal, int seconds)
    {
        // A length of sleep that no other process has is how this run's processes are told apart from all others.
        var mark = Random.Shared.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture);
        using var appHost = Start("--no-dashboard=true", $"--sleep={mark}");
        await Eventually.Is(
            async () => await appHost.StandardOutput.ReadLineAsync() == "SAMPLE HOST STARTED", "the AppHost has started", TimeSpan.FromSeconds(40));
        var started = ProcessesBelow(appHost.Id, mark);
        Assert.True(started.Count >= 4, "a sleep, a service, two twins and DCP's own were expected");

        using var kill = Process.Start("kill", [signal, appHost.Id.ToString(CultureInfo.InvariantCulture)]);
        await Eventually.Is(() => appHost.HasExited && !started.Any(IsAlive), $"all are gone after kill {signal}", TimeSpan.FromSeconds(seconds));
    }

    private static Process Start(params string[] args)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "SampleHost.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["exec", path, .. args])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>DCP detaches itself, so it is found by the AppHost that it watches, and its children by their parents.</summary>
    private static IReadOnlyList<(int Id, string Start)> ProcessesBelow(int appHost, string mark)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path)!)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _)).Select(Read).OfType<Entry>().ToList();
        var found = all.Where(entry => entry.Command.Contains($"--monitor {appHost} ", StringComparison.Ordinal)).ToList();
        Assert.Single(found);
        for (var i = 0; i < found.Count; i++)
            found.AddRange(all.Where(entry => entry.Parent == found[i].Id));
        Assert.Contains(found, entry => entry.Command.Trim() == $"sleep {mark}");
        return [.. found.Select(entry => (entry.Id, entry.Start))];
    }

    private static bool IsAlive((int Id, string Start) process)
        => Read(process.Id.ToString(CultureInfo.InvariantCulture)) is { } entry && entry.Start == process.Start;

    private static Entry? Read(string id)
    {
        try
        {
            // The second field is the program's name in brackets, which may hold anything.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (fields[0] == "Z")
                return null;
            return new Entry(int.Parse(id, CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture), fields[19],
                File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' '));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Entry(int Id, int Parent, string Start, string Command);
}
