using System.CommandLine;
using System.CommandLine.Parsing;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Publishing;

namespace QuizAspire.AppHost;

/// <summary>What the command line of a local run may choose; `--help` lists it.</summary>
/// <param name="KeepData">Do the emulators keep their data between runs?</param>
/// <param name="Parameters">Values for the stack's parameters, in place of the template's defaults.</param>
/// <param name="Architecture">Of the functions when they are published.</param>
internal sealed record LaunchOptions(
    AwsOptions Aws, bool KeepData, string? DataDirectoryPath, LocalPorts Ports, IReadOnlyDictionary<string, string> Parameters, string Architecture)
{
    private static readonly Option<string> Data = Choice(
        "--data", "What happens to the emulators' data: 'fresh' starts empty, 'keep' stores it on disk between runs.", "fresh", "keep");

    private static readonly Option<string?> DataPath = new("--data-directory")
    {
        Description = "Where '--data keep' stores it; artifacts/data when not given.",
    };

    private static readonly Option<string[]> Parameter = new("--parameter")
    {
        Description = "NAME=VALUE for a parameter of the stack, such as VisibilityTimeoutSeconds=10; may be repeated for another name.",
        Validators = { CheckParameters },
    };

    private static readonly Option<string> FunctionArchitecture = Choice(
        "--architecture", "With '--operation publish --output-path DIR': the processors on which the published functions are to run.",
        PublishOptions.Architectures[0], PublishOptions.Architectures[1]);

    // Aspire's own, which reads them from the same command line; here for help, and for what may stand beside them.
    private static readonly Option<string> Operation = Choice(
        "--operation", "'publish' writes what a deployment needs, and runs nothing.", "run", "publish");

    private static readonly Option<string?> OutputPath = new("--output-path")
    {
        Description = "With '--operation publish': the directory to write; a relative one begins where AppHost's process does, which is its project for `dotnet run`.",
    };

    private static readonly Option<string> PortChoice = Choice(
        "--ports", "'default' for the ports that the README names, 'random' for free ones; a port of its own option is taken either way.", "default", "random");

    private static readonly Option<int?> DashboardPort = Port("--dashboard-port", "The dashboard's port", LocalPorts.Default.Dashboard);
    private static readonly Option<int?> ApiPort = Port("--api-port", "The API's port", LocalPorts.Default.Api);

    private static readonly Option<int?> SqsSnsS3Port =
        Port("--sqs-sns-s3-port", "The port of the SQS, SNS and S3 emulator, or of LocalStack", LocalPorts.Default.SqsSnsS3);

    private static readonly Option<int?> DynamoDbPort = Port("--dynamodb-port", "The port of the DynamoDB emulator", LocalPorts.Default.DynamoDb);

    private static readonly RootCommand Command = Root();

    /// <summary>Where the emulators keep their data; null when every run starts empty.</summary>
    public string? DataDirectory(ProjectFolders folders) => KeepData ? Path.GetFullPath(DataDirectoryPath ?? folders.Data) : null;

    /// <summary>Reads the command line; prints help, or what is wrong with it, and gives the exit code to end with instead.</summary>
    /// <param name="output">Where help goes; the console when not given.</param>
    /// <param name="error">Where errors go; the console when not given.</param>
    public static LaunchOptions? Parse(string[] args, out int exitCode, TextWriter? output = null, TextWriter? error = null)
    {
        var parsed = Command.Parse(args);
        if (UnknownOption(parsed) is { } unknown)
        {
            (error ?? Console.Error).WriteLine($"Unknown option '{unknown}'. `--help` lists the options.");
            exitCode = 2;
            return null;
        }

        exitCode = parsed.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = output ?? Console.Out,
            Error = error ?? Console.Error,
        });
        if (parsed.Errors.Count > 0)
            exitCode = 2;
        // Help and errors are actions of their own.
        return parsed.Action == Command.Action ? From(parsed) : null;
    }

    private static LaunchOptions From(ParseResult result) => new(
        AwsOptions.From(result),
        result.GetValue(Data) == "keep",
        result.GetValue(DataPath),
        PortsOf(
            result.GetValue(PortChoice) == "random",
            result.GetValue(DashboardPort), result.GetValue(ApiPort), result.GetValue(SqsSnsS3Port), result.GetValue(DynamoDbPort)),
        (result.GetValue(Parameter) ?? []).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal),
        result.GetValue(FunctionArchitecture)!);

    /// <summary>A port that was given is the port, whatever the others are.</summary>
    private static LocalPorts PortsOf(bool random, int? dashboard, int? api, int? sqsSnsS3, int? dynamoDb)
    {
        var others = random ? LocalPorts.Random([.. new[] { dashboard, api, sqsSnsS3, dynamoDb }.OfType<int>()]) : LocalPorts.Default;
        return new(dashboard ?? others.Dashboard, api ?? others.Api, sqsSnsS3 ?? others.SqsSnsS3, dynamoDb ?? others.DynamoDb);
    }

    private static RootCommand Root()
    {
        var command = new RootCommand("Runs the whole quiz system on this machine under the Aspire dashboard.")
        {
            Operation, OutputPath, FunctionArchitecture, Data, DataPath, Parameter, PortChoice, DashboardPort, ApiPort, SqsSnsS3Port, DynamoDbPort,
        };
        AwsOptions.AddTo(command);
        command.TreatUnmatchedTokensAsErrors = false;
        command.Validators.Add(CheckCombination);
        command.SetAction(_ => 0);
        return command;
    }

    private static void CheckCombination(CommandResult result)
    {
        if (result.GetResult(DataPath) is not null && result.GetResult(Data)?.Tokens is not [.., { Value: "keep" }])
            result.AddError("--data-directory is where kept data is: give --data keep with it.");

        var mode = AwsOptions.ModeOf(result);
        if (result.GetResult(Operation)?.Tokens is not [.., { Value: "publish" }])
            foreach (var option in new Option[] { OutputPath, FunctionArchitecture }.Where(IsGiven))
                result.AddError($"{option.Name} is for --operation publish alone.");
        else if (mode != AwsMode.Embedded)
            result.AddError("--aws is for a run alone: what is published may be deployed anywhere.");

        if (mode != AwsMode.Embedded)
            foreach (var option in new Option[] { Data, DataPath, DynamoDbPort }.Where(IsGiven))
                result.AddError($"{option.Name} is for the embedded AWS alone.");
        if (mode is AwsMode.Endpoint or AwsMode.Account && IsGiven(SqsSnsS3Port))
            result.AddError($"{SqsSnsS3Port.Name} is for the embedded AWS and LocalStack.");

        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
    }

    /// <summary>
    /// Aspire reads options of its own and settings (`Section:Key=value`) from the same command line; anything else is a typing error.
    /// </summary>
    private static string? UnknownOption(ParseResult result)
    {
        string[] aspire = ["--step", "--publisher", "--environment", "--contentRoot", "--applicationName", "--log-level"];
        return result.UnmatchedTokens.FirstOrDefault(token =>
            token.StartsWith('-')
            && !token.Contains(':', StringComparison.Ordinal)
            && !aspire.Contains(token.Split('=')[0], StringComparer.OrdinalIgnoreCase));
    }

    private static void CheckParameters(OptionResult result)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in result.Tokens)
            if (token.Value.IndexOf('=', StringComparison.Ordinal) is var end && end < 1)
                result.AddError($"--parameter takes NAME=VALUE, not '{token.Value}'.");
            else if (!names.Add(token.Value[..end]))
                result.AddError($"--parameter {token.Value[..end]} is given twice.");
    }

    private static Option<string> Choice(string name, string description, string usual, string other)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => usual };
        return option.AcceptOnlyFromAmong(usual, other);
    }

    private static Option<int?> Port(string name, string what, int usual) => new(name)
    {
        Description = $"{what}; {usual} when not given.",
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<int?>() is < 1 or > 65535)
                    result.AddError($"{name} must be from 1 to 65535.");
            },
        },
    };
}
