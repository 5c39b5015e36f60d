using System.Globalization;

namespace QuizAspire.Functions;

/// <summary>What the template gives a function as environment variables, beside the resources' names.</summary>
internal static class FunctionSettings
{
    public const string FunctionVariable = "QUIZASPIRE_FUNCTION";
    public const string MaxReceiveCountVariable = "QUIZASPIRE_MAX_RECEIVE_COUNT";
    private const string RuntimeVariable = "AWS_LAMBDA_RUNTIME_API";

    public static string Function => Required(FunctionVariable);

    /// <summary>The queue's maxReceiveCount: a message that fails on this receive goes to the dead-letter queue.</summary>
    public static int MaxReceiveCount =>
        int.TryParse(Required(MaxReceiveCountVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new FunctionSettingsException($"{MaxReceiveCountVariable} is not a whole number from 1.");

    public static void RequireRuntime() => Required(RuntimeVariable);

    private static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new FunctionSettingsException(
            $"the environment variable {name} is not set. Lambda or its emulator sets it, from the stack's template.");
}
