using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.AppHost.Embedded.Hosting;

/// <summary>The variables by which every AWS SDK finds the emulators, and nothing else.</summary>
internal static class AwsEnvironment
{
    /// <param name="directory">Where no AWS configuration is.</param>
    public static IEnumerable<KeyValuePair<string, string>> For(EmulatorAddresses addresses, string directory) => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL_SQS"] = addresses.SqsSnsS3,
        ["AWS_ENDPOINT_URL_SNS"] = addresses.SqsSnsS3,
        ["AWS_ENDPOINT_URL_S3"] = addresses.SqsSnsS3,
        ["AWS_ENDPOINT_URL_DYNAMODB"] = addresses.DynamoDb,
        ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "false",
        ["AWS_REGION"] = PseudoParameters.Region,
        ["AWS_DEFAULT_REGION"] = PseudoParameters.Region,
        // The emulators check no signature; the developer's own credentials must not even be looked for.
        ["AWS_ACCESS_KEY_ID"] = "embedded",
        ["AWS_SECRET_ACCESS_KEY"] = "embedded",
        ["AWS_SESSION_TOKEN"] = "",
        ["AWS_PROFILE"] = "",
        ["AWS_CONFIG_FILE"] = Path.Combine(directory, "no-aws-config"),
        ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(directory, "no-aws-credentials"),
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };
}
