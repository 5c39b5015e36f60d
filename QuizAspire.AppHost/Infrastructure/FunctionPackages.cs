namespace QuizAspire.AppHost.Infrastructure;

/// <summary>The code that a published template deploys.</summary>
/// <param name="FunctionsZip">Path of the package of QuizAspire.Functions, which holds every function but the API.</param>
/// <param name="ApiZip">Path of the package of QuizAspire.Api.</param>
/// <param name="Architecture"><c>arm64</c> or <c>x64</c>: what both were compiled for.</param>
internal sealed record FunctionPackages(string FunctionsZip, string ApiZip, string Architecture);
