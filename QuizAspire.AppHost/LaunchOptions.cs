using System.CommandLine;
using System.CommandLine.Parsing;

namespace QuizAspire.AppHost;

/// <summary>What the command line of a local run may choose; `--help` lists it.</summary>
/// <param name="KeepData">Do the emulators keep their data between runs?</param>
/// <param name="Parameters">Values for the stack's parameters, in place of the template's defaults.</param>
internal sealed record LaunchOptions(
    bool KeepData, string? DataDirectoryPath, LocalPorts Ports, IReadOnlyDictionary<string, string> Parameters)
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "What happens to the emulators' data: 'fresh' starts empty, 'keep' stores it on disk between runs.",
        DefaultValueFactory = _ => "fresh",
    };

    private static readonly Option<string?> DataPath = new("--data-directory") { Description = "Where '--data keep' stores it; artifacts/data when not given." };

    private static readonly Option<string[]> Parameter = new("--parameter")
    {
        Description = "NAME=VALUE for a parameter of the stack, such as VisibilityTimeoutSeconds=10; may be repeated.",
    };

    private static readonly Option<string> PortChoice = new("--ports")
    {
        Description = "'default' for the ports that the README names, 'random' for free ones.",
        DefaultValueFactory = _ => "default",
    };

    private static readonly Option<int> DashboardPort = PortOption("--dashboard-port", "The dashboard's port.", LocalPorts.Default.Dashboard);
    private static readonly Option<int> ApiPort = PortOption("--api-port", "The API's port.", LocalPorts.Default.Api);
    private static readonly Option<int> SqsSnsS3Port = PortOption("--sqs-sns-s3-port", "The port of the SQS, SNS and S3 emulator.", LocalPorts.Default.SqsSnsS3);
    private static readonly Option<int> DynamoDbPort = PortOption("--dynamodb-port", "The port of the DynamoDB emulator.", LocalPorts.Default.DynamoDb);

    /// <summary>Where the emulators keep their data; null when every run starts empty.</summary>
    public string? DataDirectory(ProjectFolders folders) => KeepData ? Path.GetFullPath(DataDirectoryPath ?? folders.Data) : null;

    /// <summary>Reads the command line; prints help, or what is wrong with it, and gives the exit code to end with instead.</summary>
    public static LaunchOptions? Parse(string[] args, out int exitCode)
    {
        Data.AcceptOnlyFromAmong("fresh", "keep");
        PortChoice.AcceptOnlyFromAmong("default", "random");
        Parameter.Validators.Clear();
        Parameter.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"--parameter takes NAME=VALUE, not '{token.Value}'.");
        });
        var command = new RootCommand("Runs the whole quiz system on this machine under the Aspire dashboard.")
        {
            Data, DataPath, Parameter, PortChoice, DashboardPort, ApiPort, SqsSnsS3Port, DynamoDbPort,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        LaunchOptions? options = null;
        command.SetAction(result =>
        {
            var ports = result.GetValue(PortChoice) == "random"
                ? LocalPorts.Random()
                : new LocalPorts(result.GetValue(DashboardPort), result.GetValue(ApiPort), result.GetValue(SqsSnsS3Port), result.GetValue(DynamoDbPort));
            options = new LaunchOptions(
                result.GetValue(Data) == "keep",
                result.GetValue(DataPath),
                ports,
                (result.GetValue(Parameter) ?? []).Select(pair => pair.Split('=', 2)).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));
        });

        var parsed = command.Parse(args);
        if (UnknownOption(parsed) is { } unknown)
        {
            Console.Error.WriteLine($"Unknown option '{unknown}'. `--help` lists the options.");
            exitCode = 2;
            return null;
        }

        var invoked = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        exitCode = parsed.Errors.Count > 0 ? 2 : invoked;
        return options;
    }

    /// <summary>Aspire reads options of its own and settings (`Section:Key=value`) from the same command line; anything else is a typing error.</summary>
    private static string? UnknownOption(ParseResult result)
    {
        string[] aspire = ["--operation", "--output-path", "--step", "--publisher", "--environment", "--contentRoot", "--applicationName", "--log-level"];
        return result.UnmatchedTokens.FirstOrDefault(token =>
            token.StartsWith('-') && !token.Contains(':', StringComparison.Ordinal) && !aspire.Contains(token.Split('=')[0], StringComparer.OrdinalIgnoreCase));
    }

    private static Option<int> PortOption(string name, string description, int value)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 65535)
                result.AddError($"{name} must be from 1 to 65535.");
        });
        return option;
    }
}
