using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.AppHost.Backends;

/// <summary>The variables by which every AWS SDK finds one endpoint, and nothing else.</summary>
internal static class AwsEnvironment
{
    /// <summary>The emulators check no signature; the developer's own credentials must not even be looked for.</summary>
    public const string EmbeddedCredentials = "embedded";

    // The services that this system's processes call.
    private static readonly string[] Services = ["SQS", "SNS", "S3", "DYNAMODB", "CLOUDWATCH"];

    /// <param name="cloudWatch">Where AppHost itself answers for CloudWatch, of which there is no emulator.</param>
    /// <param name="directory">Where no AWS configuration is.</param>
    public static IReadOnlyDictionary<string, string> ForEmulators(EmulatorAddresses addresses, string cloudWatch, string directory)
    {
        var variables = Isolated(PseudoParameters.Region, directory);
        foreach (var service in Services)
            variables[$"AWS_ENDPOINT_URL_{service}"] = service switch
            {
                "DYNAMODB" => addresses.DynamoDb,
                "CLOUDWATCH" => cloudWatch,
                _ => addresses.SqsSnsS3,
            };
        AddCredentials(variables, EmbeddedCredentials);
        return variables;
    }

    /// <param name="ownCredentials">Do processes inherit credentials that are meant for the endpoint? They are not repeated here then.</param>
    /// <param name="directory">Where no AWS configuration is.</param>
    public static IReadOnlyDictionary<string, string> ForEndpoint(string endpoint, string region, bool ownCredentials, string directory)
    {
        var variables = Isolated(region, directory);
        variables["AWS_ENDPOINT_URL"] = endpoint;
        // A service's own variable, inherited from wherever, would win over the one for all.
        foreach (var service in Services)
            variables[$"AWS_ENDPOINT_URL_{service}"] = endpoint;
        if (!ownCredentials)
            AddCredentials(variables, EndpointCredentials.Placeholder);
        return variables;
    }

    private static SortedDictionary<string, string> Isolated(string region, string directory) => new(StringComparer.Ordinal)
    {
        ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "false",
        ["AWS_REGION"] = region,
        ["AWS_DEFAULT_REGION"] = region,
        ["AWS_PROFILE"] = "",
        ["AWS_CONFIG_FILE"] = Path.Combine(directory, "no-aws-config"),
        ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(directory, "no-aws-credentials"),
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    private static void AddCredentials(SortedDictionary<string, string> variables, string both)
    {
        variables["AWS_ACCESS_KEY_ID"] = both;
        variables["AWS_SECRET_ACCESS_KEY"] = both;
        variables["AWS_SESSION_TOKEN"] = "";
    }
}
