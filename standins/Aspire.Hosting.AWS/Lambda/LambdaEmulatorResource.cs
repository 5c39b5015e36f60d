using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.Lambda;

public class LambdaEmulatorResource(string name) : ExecutableResource(name, "dotnet", Environment.CurrentDirectory);
