namespace QuizAspire.AppHost.Infrastructure;

/// <summary>What decides the template besides the stack's own source.</summary>
/// <param name="FunctionsPackage">
/// Directory or zip of the published functions, which becomes an asset. Absent in a local run, where the functions run from the build
/// and nothing must be published first: the template then names a package that does not exist, and cannot be deployed.
/// </param>
internal sealed record StackOptions(string? FunctionsPackage = null);
