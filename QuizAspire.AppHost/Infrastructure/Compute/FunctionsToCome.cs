namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>
/// Functions of the stack whose code is not in the packages yet. Nothing calls them until it is: their event sources are not
/// enabled, so that a deployment today invokes no code that does not exist. Whoever adds a function's code turns it on here.
/// </summary>
internal static class FunctionsToCome
{
    public const bool StatisticsAreCalled = false;
}
