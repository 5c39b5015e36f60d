using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aspire.Hosting.AWS.CloudFormation;
using Aspire.Hosting.AWS.Lambda;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Infrastructure.Compute;

namespace QuizAspire.AppHost.Provisioned;

/// <summary>An AWS that CloudFormation provisions: an account, or an endpoint that speaks like one.</summary>
/// <param name="stack">The stack of queues, tables, buckets and topics; API and functions run on this machine.</param>
/// <param name="environment">What each process needs to get there, beyond what it inherits.</param>
/// <param name="clients">AppHost's own, made when first asked for.</param>
/// <param name="ownAlarms">The names of the alarms that it evaluates itself.</param>
/// <param name="deliversMail">Does it send mail to the addresses that are subscribed to a topic?</param>
/// <param name="sdk">Profile and region, where the SDK's own rules find endpoints and credentials.</param>
internal sealed class ProvisionedAws(
    StackPlan plan,
    IResourceBuilder<ICloudFormationTemplateResource> stack,
    IReadOnlyDictionary<string, string> environment,
    Func<AwsClients> clients,
    IReadOnlySet<string> ownAlarms,
    bool deliversMail,
    IAWSSDKConfig? sdk,
    params (string What, string Where)[] links) : IAwsBackend
{
    private readonly Lazy<AwsClients> _clients = new(clients);

    public StackPlan Plan => plan;

    public IReadOnlyList<(string What, string Where)> Links => links;

    public AwsClients Clients => _clients.Value;

    public IResource Stack => stack.Resource;

    public bool DeliversMail => deliversMail;

    public bool EvaluatesAlarm(PlannedAlarm alarm) => ownAlarms.Contains(alarm.Name);

    /// <summary>
    /// The output whose planned value it is. The ARN of a queue that has none is asked of SQS, by the URL that every queue has; a bare name is
    /// the template's.
    /// </summary>
    public async ValueTask<string> ResolveAsync(string planned, CancellationToken cancellation)
    {
        if (OutputOf(plan, planned) is { } output)
            return await stack.GetOutput(output).GetValueAsync(cancellation) ?? "";
        if (plan.Queues.FirstOrDefault(queue => queue.Arn == planned) is { } queue)
        {
            var url = await ResolveAsync(queue.Url, cancellation);
            return (await Clients.Sqs.GetQueueAttributesAsync(url, ["QueueArn"], cancellation)).Attributes["QueueArn"];
        }

        return planned.Contains(':', StringComparison.Ordinal)
            ? throw new LaunchException($"No output of the template gives {planned}, so it is not known what it is here.")
            : planned;
    }

    public void Connect<T>(IResourceBuilder<T> process)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        if (sdk is not null)
            process.WithReference(sdk);
        foreach (var (name, value) in environment)
            process.WithEnvironment(name, value);
        process.WaitFor(stack);
    }

    public void GiveOutputs<T>(IResourceBuilder<T> process)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport => process.WithReference(stack);

    /// <summary>Names and addresses come from the stack that is there, everything else depends on parameters alone and is as planned.</summary>
    public void GiveEnvironment(IResourceBuilder<LambdaProjectResource> function, PlannedFunction planned)
    {
        foreach (var (variable, value) in planned.LocalEnvironment)
            if (!variable.StartsWith(QuizFunction.ResourcePrefix, StringComparison.Ordinal))
                function.WithEnvironment(variable, value);
        GiveOutputs(function);
    }

    public void AddEventSource(IResourceBuilder<LambdaProjectResource> function, PlannedEventSource source, SQSEventSourceOptions options) =>
        function.WithSQSEventSource(stack.GetOutput(OutputOf(plan, source)), options);

    /// <summary>The output that gives the queue's URL: the one whose planned value is the planned URL.</summary>
    /// <exception cref="LaunchException">There is none.</exception>
    internal static string OutputOf(StackPlan plan, PlannedEventSource source) =>
        OutputOf(plan, source.QueueUrl)
        ?? throw new LaunchException($"No output of the template gives the URL of the queue {source.QueueName}, so its messages cannot be polled.");

    private static string? OutputOf(StackPlan plan, string value) =>
        plan.Outputs.Where(output => output.Value == value).Select(output => output.Key).FirstOrDefault();
}
