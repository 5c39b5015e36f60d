using System.Diagnostics;
using System.Globalization;
using System.Text;
using QuizAspire.AppHost;

namespace QuizAspire.Tests.Support;

/// <summary>moto_server on a free port of this machine, in memory, with nothing in it; ends when it is disposed.</summary>
public sealed class MotoServer : IAsyncDisposable
{
    public const string Command = "moto_server";

    // A Python start on a busy machine.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new();

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private MotoServer(int port)
    {
        Url = $"http://127.0.0.1:{port}";
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Command, ["-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The endpoint of every service.</summary>
    public string Url { get; }

    /// <summary>What a client of it, whichever SDK it is made of, needs in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = Url,
        ["AWS_ACCESS_KEY_ID"] = "moto",
        ["AWS_SECRET_ACCESS_KEY"] = "moto",
        ["AWS_REGION"] = "us-west-1",
        ["AWS_DEFAULT_REGION"] = "us-west-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    public static async Task<MotoServer> StartAsync()
    {
        var server = new MotoServer(LocalPorts.Free());
        try
        {
            await Eventually.BecomesTrueAsync(server.AnswersAsync, "moto_server answers", StartTimeout);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a Python script against it, and gives what the script prints.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">The script failed; the message has what it said.</exception>
    public async Task<string> RunPythonAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", ["-", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        using var python = Process.Start(start)!;
        var output = python.StandardOutput.ReadToEndAsync();
        var error = python.StandardError.ReadToEndAsync();
        await python.StandardInput.WriteAsync(script);
        python.StandardInput.Close();
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, $"{await output}{await error}");
        return await output;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        Assert.False(_process.HasExited, _said.ToString());
        try
        {
            using var answer = await Http.GetAsync($"{Url}/moto-api/data.json");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Append(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }
}
