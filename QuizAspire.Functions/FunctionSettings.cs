using System.Globalization;

namespace QuizAspire.Functions;

/// <summary>What the template gives a function as environment variables, beside the resources' names.</summary>
internal static class FunctionSettings
{
    public const string FunctionVariable = "QUIZASPIRE_FUNCTION";
    public const string MaxReceiveCountVariable = "QUIZASPIRE_MAX_RECEIVE_COUNT";
    public const string DeadLetterThresholdVariable = "QUIZASPIRE_DLQ_THRESHOLD";
    public const string QueueThresholdVariable = "QUIZASPIRE_QUEUE_THRESHOLD";
    public const string ApiUrlVariable = "QUIZASPIRE_API_URL";
    private const string RuntimeVariable = "AWS_LAMBDA_RUNTIME_API";

    public static string Function => Required(FunctionVariable);

    /// <summary>The queue's maxReceiveCount: a message that fails on this receive goes to the dead-letter queue.</summary>
    public static int MaxReceiveCount => Number(MaxReceiveCountVariable, 1);

    /// <summary>Visible messages in a dead-letter queue, above which the health check alerts.</summary>
    public static int DeadLetterThreshold => Number(DeadLetterThresholdVariable, 0);

    /// <summary>Visible and in-flight messages in any other queue, above which the health check alerts.</summary>
    public static int QueueThreshold => Number(QueueThresholdVariable, 0);

    /// <summary>Where people reach the API, without a slash at the end.</summary>
    public static string ApiUrl => Required(ApiUrlVariable).TrimEnd('/');

    public static void RequireRuntime() => Required(RuntimeVariable);

    private static int Number(string name, int least) =>
        int.TryParse(Required(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new FunctionSettingsException($"{name} is not a whole number from {least}.");

    private static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new FunctionSettingsException(
            $"the environment variable {name} is not set. Lambda or its emulator sets it, from the stack's template.");
}
