using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Backends;

/// <summary>The AWS of a run: where its resources are, and how processes get there. What runs is the same with each.</summary>
internal interface IAwsBackend
{
    /// <summary>The whole stack, planned: functions, their limits and event sources.</summary>
    StackPlan Plan { get; }

    /// <summary>What a person may want to open or to know.</summary>
    IReadOnlyList<(string What, string Where)> Links { get; }

    /// <summary>AppHost's own, made once, when first asked for; safe to ask for before anything runs.</summary>
    AwsClients Clients { get; }

    /// <summary>What holds queues, tables and topics: to be waited for before anything of it is called.</summary>
    IResource Stack { get; }

    /// <summary>Is mail really sent to the subscribed addresses? There is no inbox then.</summary>
    bool DeliversMail { get; }

    /// <summary>Does this AWS evaluate the alarm itself, so that AppHost must not tell it a second time?</summary>
    bool EvaluatesAlarm(PlannedAlarm alarm);

    /// <summary>What a URL, an ARN or a name of the plan is in this AWS. Waits for the stack where only that knows it.</summary>
    /// <exception cref="LaunchException">No output of the stack tells.</exception>
    ValueTask<string> ResolveAsync(string planned, CancellationToken cancellation);

    /// <summary>Gives the process endpoints and credentials, and lets it wait until the resources are there.</summary>
    void Connect<T>(IResourceBuilder<T> process)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport;

    /// <summary>Gives the process the outputs of the stack as configuration <c>AWS:Resources:*</c>.</summary>
    void GiveOutputs<T>(IResourceBuilder<T> process)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport;

    /// <summary>Gives the function the environment that the template gives it.</summary>
    void GiveEnvironment(IResourceBuilder<LambdaProjectResource> function, PlannedFunction planned);

    /// <summary>Adds the poller that calls the function with the messages of the queue.</summary>
    void AddEventSource(IResourceBuilder<LambdaProjectResource> function, PlannedEventSource source, SQSEventSourceOptions options);
}

internal static class AwsBackendExtensions
{
    /// <summary>Sends every AWS client of the process to the run's AWS, and tells it what the resources are called there.</summary>
    public static IResourceBuilder<T> WithAwsResources<T>(this IResourceBuilder<T> process, IAwsBackend aws)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        aws.GiveOutputs(process);
        return process.WithAws(aws);
    }

    /// <summary>The same without the resources.</summary>
    public static IResourceBuilder<T> WithAws<T>(this IResourceBuilder<T> process, IAwsBackend aws)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        aws.Connect(process);
        return process;
    }
}
