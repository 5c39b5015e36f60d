using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.Lambda;

internal sealed class SQSEventSourceResource(string name) : ExecutableResource(name, "dotnet", Environment.CurrentDirectory);
