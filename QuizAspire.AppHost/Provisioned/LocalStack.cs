using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace QuizAspire.AppHost.Provisioned;

/// <summary>LocalStack in a container that ends with the run.</summary>
internal static class LocalStack
{
    public const string TokenVariable = "LOCALSTACK_AUTH_TOKEN";

    // A fixed release, so that a run tomorrow is as today's: the first of those that want a token.
    public const string Image = "localstack/localstack:2026.03.0";

    private const int ContainerPort = 4566;

    /// <exception cref="LaunchException">There is no Docker, or no token; nothing has been started then.</exception>
    public static async Task<IResourceBuilder<ExecutableResource>> AddLocalStackAsync(this IDistributedApplicationBuilder builder, int port)
    {
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(TokenVariable)))
            throw new LaunchException($"LocalStack needs a token: set {TokenVariable} to the one of your account at https://app.localstack.cloud.");
        await Docker.RequireAsync();
        // AppHost killed leaves its container running, and the port taken.
        var container = $"quizaspire-localstack-{port}";
        await Docker.RemoveAsync(container);
        if (!LocalPorts.IsFree(port))
            throw new LaunchException($"Port {port} for LocalStack is taken: stop what listens there, or choose another with --sqs-sns-s3-port N.");

        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        return builder
            .AddExecutable(ResourceNames.LocalStack, Docker.Program, ".", "run", "--rm", "--name", container, "-p", $"{address}:{ContainerPort}",
                // By name alone: Docker takes its value from the environment, and no command line or page shows it.
                "-e", TokenVariable,
                // Queue URLs by this address, and not by a name that only the public DNS knows.
                "-e", "SQS_ENDPOINT_STRATEGY=path", "-e", $"LOCALSTACK_HOST={address}",
                Image)
            .WithHttpEndpoint(port: port, targetPort: port, name: "http", isProxied: false)
            .WithHttpHealthCheck("/_localstack/health")
            .ExcludeFromManifest();
    }
}
