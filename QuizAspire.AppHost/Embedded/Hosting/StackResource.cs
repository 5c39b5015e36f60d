using Aspire.Hosting.ApplicationModel;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Embedded.Hosting;

/// <summary>The stack as a resource of the application: it runs once its queues and tables are in the emulators.</summary>
internal sealed class StackResource(string name, StackPlan plan, string? dataDirectory) : Resource(name), IResourceWithWaitSupport
{
    public StackPlan Plan => plan;

    /// <summary>Where the emulators keep their data between runs; null for memory.</summary>
    public string? DataDirectory => dataDirectory;
}
