using Amazon.Runtime;

namespace QuizAspire.AppHost.Backends;

/// <summary>The credentials for an endpoint that is not AWS: the environment's, or any, because few of them check.</summary>
internal static class EndpointCredentials
{
    /// <summary>What LocalStack and moto document for their default account.</summary>
    public const string Placeholder = "test";

    public static bool InEnvironment =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID"))
        && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY"));

    public static AWSCredentials Get() => InEnvironment
        ? new EnvironmentVariablesAWSCredentials()
        : new BasicAWSCredentials(Placeholder, Placeholder);
}
