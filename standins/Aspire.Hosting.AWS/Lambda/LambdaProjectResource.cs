using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.Lambda;

/// <summary>A project that is a Lambda function. Replicas of it are instances of the function that share its work.</summary>
public class LambdaProjectResource(string name) : ProjectResource(name);
