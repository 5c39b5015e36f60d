using System.Diagnostics;
using System.Globalization;
using System.Text;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.Tests.Support;

/// <summary>One emulator, started by its launcher as AppHost starts it; it ends with the tests, however they end.</summary>
public sealed class Emulator : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Http = new();

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private Emulator(string launcher, int port, string? dataDirectory, string? scratchDirectory)
    {
        Port = port;
        var start = new ProcessStartInfo(NodeLocator.Find(Repository.Tools), ["--disable-warning=ExperimentalWarning", Path.Combine(Repository.Tools, $"{launcher}.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["EMULATOR_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["EMULATOR_ACCOUNT_ID"] = PseudoParameters.AccountId;
        start.Environment["AWS_REGION"] = PseudoParameters.Region;
        start.Environment["EMULATOR_DATA_DIRECTORY"] = dataDirectory;
        start.Environment["EMULATOR_SCRATCH_DIRECTORY"] = scratchDirectory;
        start.Environment["EMULATOR_ENDS_WITH_INPUT"] = "true";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>What it has printed so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <param name="launcher"><c>fauxqs</c> or <c>dynalite</c>.</param>
    /// <param name="dataDirectory">Where its data is kept; null for memory.</param>
    /// <param name="scratchDirectory">Where large objects are that are not kept; null for the system's directory of temporary files.</param>
    public static async Task<Emulator> StartAsync(string launcher, string? dataDirectory = null, int? port = null, string? scratchDirectory = null)
    {
        var emulator = Launch(launcher, dataDirectory, port, scratchDirectory);
        await Eventually.BecomesTrueAsync(emulator.AnswersAsync, $"{launcher} healthy", StartTimeout);
        return emulator;
    }

    /// <summary>Starts it and waits for nothing, for starts that are to fail.</summary>
    public static Emulator Launch(string launcher, string? dataDirectory = null, int? port = null, string? scratchDirectory = null) =>
        new(launcher, port ?? LocalPorts.Free(), dataDirectory, scratchDirectory);

    /// <summary>Ends it as a crash or `kill -9` would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself, and gives its exit code.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var deadline = new CancellationTokenSource(StartTimeout);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Asks it to end as AppHost does.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await ExitCodeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        Assert.False(_process.HasExited, Said);
        try
        {
            using var answer = await Http.GetAsync($"http://127.0.0.1:{Port}/health");
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

/// <summary>Both emulators in memory, shared by the tests of a class.</summary>
public sealed class EmbeddedAws : IAsyncLifetime
{
    private Emulator? _sqsSnsS3;
    private Emulator? _dynamoDb;

    internal EmulatorAddresses Addresses => new(_sqsSnsS3!.Port, _dynamoDb!.Port);

    public async Task InitializeAsync()
    {
        _sqsSnsS3 = await Emulator.StartAsync("fauxqs");
        _dynamoDb = await Emulator.StartAsync("dynalite");
    }

    public async Task DisposeAsync()
    {
        if (_sqsSnsS3 is not null)
            await _sqsSnsS3.DisposeAsync();
        if (_dynamoDb is not null)
            await _dynamoDb.DisposeAsync();
    }
}
