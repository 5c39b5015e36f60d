using Amazon;
using Amazon.CloudFormation;
using Amazon.Runtime;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.CloudFormation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Infrastructure;

namespace QuizAspire.AppHost.Provisioned;

/// <summary>Puts an AWS into an application that CloudFormation provisions. What can be known to be missing is told before anything starts.</summary>
internal static class ProvisionedAwsExtensions
{
    private const string ProvisioningFailed = "Failed to Provision";

    // Provisioning is quick where nothing is made in earnest.
    private const int PollingSeconds = 1;
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdentityLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);

    /// <exception cref="LaunchException">The endpoint does not answer.</exception>
    public static async Task<IAwsBackend> AddEndpointAwsAsync(this IDistributedApplicationBuilder builder, QuizStackPlan plan, AwsOptions options)
    {
        var endpoint = options.EndpointUrl!;
        await EndpointProbe.RequireAnswerAsync(endpoint, ProbeLimit);
        var isMoto = await EndpointProbe.IsMotoAsync(endpoint, ProbeLimit);
        return builder.AddStackAt(plan, options, endpoint, isMoto: isMoto);
    }

    /// <exception cref="LaunchException">There is no Docker, or no token for LocalStack.</exception>
    public static async Task<IAwsBackend> AddLocalStackAwsAsync(
        this IDistributedApplicationBuilder builder, QuizStackPlan plan, AwsOptions options, int port)
    {
        var localStack = await builder.AddLocalStackAsync(port);
        return builder.AddStackAt(plan, options, $"http://127.0.0.1:{port}", localStack);
    }

    /// <exception cref="LaunchException">The account is not to be reached, with a reason.</exception>
    public static async Task<IAwsBackend> AddAccountAwsAsync(this IDistributedApplicationBuilder builder, QuizStackPlan plan, AwsOptions options)
    {
        var identity = await AccountIdentity.RequireAsync(options, IdentityLimit);
        Console.WriteLine($"AWS account {identity.Account} in {identity.Region}: the stack {QuizResourcesStack.Id} is provisioned there.");
        var sdk = builder.AddAWSSDKConfig().WithRegion(identity.Region);
        if (options.Profile is not null)
            sdk.WithProfile(options.Profile);
        var stack = builder.AddStack(plan).WithReference(sdk);
        return new ProvisionedAws(
            plan.Stack,
            stack,
            identity.Environment,
            () => AwsClients.Of(options.Profile, RegionEndpoint.GetBySystemName(identity.Region)),
            plan.ResourcesAlarms,
            deliversMail: true,
            sdk,
            ("AWS", $"account {identity.Account} in {identity.Region}"));
    }

    private static ProvisionedAws AddStackAt(
        this IDistributedApplicationBuilder builder, QuizStackPlan plan, AwsOptions options, string endpoint,
        IResourceBuilder<IResource>? needed = null, bool isMoto = false)
    {
        var region = options.Region ?? AwsOptions.DefaultRegion;
        var stack = builder.AddStack(plan).WithReference(Client(endpoint, region, isMoto));
        stack.Resource.StackPollingInterval = PollingSeconds;
        if (needed is not null)
            stack.WaitFor(needed);
        return new ProvisionedAws(
            plan.Stack,
            stack,
            AwsEnvironment.ForEndpoint(endpoint, region, EndpointCredentials.InEnvironment, builder.AppHostDirectory),
            () => AwsClients.At(endpoint, endpoint, region, EndpointCredentials.Get()),
            // moto keeps alarms and never looks at them; what else speaks CloudFormation, such as LocalStack, is taken to evaluate them.
            isMoto ? new HashSet<string>() : plan.ResourcesAlarms,
            deliversMail: false,
            sdk: null,
            ("AWS", $"{endpoint} ({region})"));
    }

    private static IResourceBuilder<ICloudFormationTemplateResource> AddStack(this IDistributedApplicationBuilder builder, QuizStackPlan plan)
    {
        var stack = builder.AddAWSCloudFormationTemplate(ResourceNames.Stack, plan.ResourcesTemplate, QuizResourcesStack.Id).WithIconName("Stack");
        foreach (var (name, value) in plan.ResourcesParameters)
            stack.WithParameter(name, value);
        builder.Eventing.Subscribe<BeforeStartEvent>((starting, cancellation) =>
        {
            // It outlives the event.
            _ = EndWithFailureAsync(stack.Resource, starting.Services);
            return Task.CompletedTask;
        });
        return stack;
    }

    /// <summary>
    /// Aspire.Hosting.AWS has a state of its own for a stack that failed, which whoever waits for the stack does not know as an end.
    /// </summary>
    private static async Task EndWithFailureAsync(IResource stack, IServiceProvider services)
    {
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await notifications.WaitForResourceAsync(stack.Name, change => change.Snapshot.State?.Text == ProvisioningFailed, stopping);
            await notifications.PublishUpdateAsync(stack, state => state with
            {
                State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
            });
        }
        catch (OperationCanceledException)
        {
            // The application ends, and the stack has not failed.
        }
    }

    private static AmazonCloudFormationClient Client(string endpoint, string region, bool isMoto)
    {
        var config = new AmazonCloudFormationConfig
        {
            ServiceURL = endpoint,
            AuthenticationRegion = region,
            Timeout = CallLimit,
            RetryMode = RequestRetryMode.Standard,
        };
        var credentials = EndpointCredentials.Get();
        return isMoto ? new MotoCloudFormationClient(credentials, config) : new AmazonCloudFormationClient(credentials, config);
    }
}
