using Aspire.Hosting.ApplicationModel;

namespace QuizAspire.AppHost.Embedded.Hosting;

/// <summary>The embedded AWS of an application: its emulators, and the stack in them.</summary>
internal sealed record EmbeddedAws(
    IResourceBuilder<ExecutableResource> SqsSnsS3,
    IResourceBuilder<ExecutableResource> DynamoDb,
    IResourceBuilder<StackResource> Stack);
