using Amazon.Runtime;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Embedded.Templates;
using QuizAspire.AppHost.Infrastructure.Compute;

namespace QuizAspire.AppHost.Embedded.Hosting;

/// <summary>The embedded AWS of an application: its emulators, and the stack in them.</summary>
/// <param name="CloudWatch">Where AppHost itself answers for CloudWatch.</param>
internal sealed record EmbeddedAws(
    IResourceBuilder<ExecutableResource> SqsSnsS3,
    IResourceBuilder<ExecutableResource> DynamoDb,
    IResourceBuilder<StackResource> Stack,
    string CloudWatch) : IAwsBackend
{
    private readonly Lazy<AwsClients> _clients = new(() => AwsClients.At(
        Stack.Resource.Plan.Addresses.SqsSnsS3,
        Stack.Resource.Plan.Addresses.DynamoDb,
        PseudoParameters.Region,
        new BasicAWSCredentials(AwsEnvironment.EmbeddedCredentials, AwsEnvironment.EmbeddedCredentials)));

    public StackPlan Plan => Stack.Resource.Plan;

    public IReadOnlyList<(string What, string Where)> Links => [("SQS, SNS, S3", Plan.Addresses.SqsSnsS3), ("DynamoDB", Plan.Addresses.DynamoDb)];

    public AwsClients Clients => _clients.Value;

    IResource IAwsBackend.Stack => Stack.Resource;

    public bool DeliversMail => false;

    public bool EvaluatesAlarm(PlannedAlarm alarm) => false;

    /// <summary>Everything is called in the emulators as it was planned.</summary>
    public ValueTask<string> ResolveAsync(string planned, CancellationToken cancellation) => ValueTask.FromResult(planned);

    /// <summary>With credentials for nothing else.</summary>
    public void Connect<T>(IResourceBuilder<T> process)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        foreach (var (name, value) in AwsEnvironment.ForEmulators(Plan.Addresses, CloudWatch, process.ApplicationBuilder.AppHostDirectory))
            process.WithEnvironment(name, value);
        process.WaitFor(Stack);
    }

    /// <summary>As Aspire.Hosting.AWS gives them.</summary>
    public void GiveOutputs<T>(IResourceBuilder<T> process)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        foreach (var (name, value) in Plan.Outputs)
            process.WithEnvironment(QuizFunction.ResourcePrefix + name, value);
    }

    public void GiveEnvironment(IResourceBuilder<LambdaProjectResource> function, PlannedFunction planned)
    {
        foreach (var (variable, value) in planned.LocalEnvironment)
            function.WithEnvironment(variable, value);
    }

    public void AddEventSource(IResourceBuilder<LambdaProjectResource> function, PlannedEventSource source, SQSEventSourceOptions options) =>
        function.WithSQSEventSource(source.QueueUrl, options);
}
