namespace Aspire.Hosting.Dcp.Model;

/// <summary>A process that DCP starts, watches and stops.</summary>
internal sealed class Executable : DcpObject
{
    public override string Kind { get; set; } = nameof(Executable);

    public ExecutableSpec Spec { get; set; } = new();

    public ExecutableStatus? Status { get; set; }
}

internal sealed class ExecutableList
{
    public List<Executable> Items { get; set; } = [];
}

internal sealed class ExecutableSpec
{
    public string ExecutablePath { get; set; } = "";

    public string? WorkingDirectory { get; set; }

    public List<string>? Args { get; set; }

    public List<EnvironmentEntry>? Env { get; set; }

    public string ExecutionType { get; set; } = "Process";

    public AmbientEnvironment AmbientEnvironment { get; set; } = new();

    public bool? Stop { get; set; }
}

internal sealed class AmbientEnvironment
{
    public string Behavior { get; set; } = "Inherit";
}

internal sealed class ExecutableStatus
{
    public string? State { get; set; }

    public int? Pid { get; set; }

    public int? ExitCode { get; set; }

    public DateTime? StartupTimestamp { get; set; }

    public DateTime? FinishTimestamp { get; set; }

    public List<EnvironmentEntry>? EffectiveEnv { get; set; }

    public List<string>? EffectiveArgs { get; set; }
}

internal static class ExecutableState
{
    public const string Running = nameof(Running);
    public const string Stopping = nameof(Stopping);
    public const string Terminated = nameof(Terminated);
    public const string FailedToStart = nameof(FailedToStart);
    public const string Finished = nameof(Finished);

    public static bool HasEnded(string? state) => state is Terminated or FailedToStart or Finished;
}
