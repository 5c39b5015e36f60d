using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Infrastructure.Compute;

namespace QuizAspire.AppHost.Embedded.Hosting;

/// <summary>The embedded AWS of an application: its emulators, and the stack in them.</summary>
internal sealed record EmbeddedAws(
    IResourceBuilder<ExecutableResource> SqsSnsS3,
    IResourceBuilder<ExecutableResource> DynamoDb,
    IResourceBuilder<StackResource> Stack) : IAwsBackend
{
    public StackPlan Plan => Stack.Resource.Plan;

    public IReadOnlyList<(string What, string Where)> Links => [("SQS, SNS, S3", Plan.Addresses.SqsSnsS3), ("DynamoDB", Plan.Addresses.DynamoDb)];

    /// <summary>With credentials for nothing else.</summary>
    public void Connect<T>(IResourceBuilder<T> process)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        foreach (var (name, value) in AwsEnvironment.ForEmulators(Plan.Addresses, process.ApplicationBuilder.AppHostDirectory))
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
        foreach (var (variable, value) in planned.Environment)
            function.WithEnvironment(variable, value);
    }

    public void AddEventSource(IResourceBuilder<LambdaProjectResource> function, PlannedEventSource source, SQSEventSourceOptions options) =>
        function.WithSQSEventSource(source.QueueUrl, options);
}
