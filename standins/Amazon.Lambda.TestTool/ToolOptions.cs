using System.Globalization;
using Amazon.Lambda.TestTool.Emulator;
using Amazon.Lambda.TestTool.EventSource;

namespace Amazon.Lambda.TestTool;

/// <summary>The arguments and variables of <c>lambda-test-tool start</c> that are known here; others of the real tool are read over.</summary>
internal sealed record ToolOptions
{
    private const string EnvironmentPrefix = "env:";

    /// <summary>Set: the Lambda emulator runs in this process. 0 lets the system choose.</summary>
    public int? EmulatorPort { get; init; }

    public string EmulatorHost { get; init; } = "127.0.0.1";

    public FunctionTimeouts FunctionTimeouts { get; init; } = FunctionTimeouts.None;

    public IReadOnlyList<SqsEventSourceConfig> EventSources { get; init; } = [];

    /// <exception cref="ArgumentException">The arguments ask for nothing, or for something unreadable; the message is for the user.</exception>
    public static ToolOptions Parse(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        string? port = null, host = null, eventSources = null;
        for (var i = args is ["start", ..] ? 1 : 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "-p" or "--lambda-emulator-port": port = Value(args, ref i); break;
                case "--lambda-emulator-host": host = Value(args, ref i); break;
                case "--sqs-eventsource-config": eventSources = Value(args, ref i); break;
                case "--config-storage-path" or "--lambda-emulator-https-port": Value(args, ref i); break;
                case "--no-launch-window": break;
                default: throw new ArgumentException($"Unknown argument '{args[i]}'");
            }
        }
        port = environment("LAMBDA_RUNTIME_API_PORT") ?? port;
        if (port is null && eventSources is null)
            throw new ArgumentException("Nothing to start: give --lambda-emulator-port or --sqs-eventsource-config");
        return new ToolOptions
        {
            EmulatorPort = port is null ? null : Port(port),
            EmulatorHost = host is null or "localhost" ? "127.0.0.1" : host,
            FunctionTimeouts = FunctionTimeouts.Parse(environment(FunctionTimeouts.Variable)),
            EventSources = eventSources is null ? [] : SqsEventSourceConfig.Parse(Resolve(eventSources, environment))
        };
    }

    private static string Value(IReadOnlyList<string> args, ref int index) =>
        ++index < args.Count ? args[index] : throw new ArgumentException($"'{args[index - 1]}' needs a value");

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
        ? port
        : throw new ArgumentException($"'{text}' is not a port");

    private static string Resolve(string value, Func<string, string?> environment)
    {
        if (!value.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            return value;
        var name = value[EnvironmentPrefix.Length..];
        return environment(name) ?? throw new ArgumentException($"The environment variable {name}, which holds the SQS event source, is not set");
    }
}
