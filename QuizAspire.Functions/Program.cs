using QuizAspire.Core.Aws;
using QuizAspire.Functions;
using QuizAspire.Functions.HealthCheck;
using QuizAspire.Functions.QuizProcessor;
using QuizAspire.Functions.ResultNotifier;
using QuizAspire.Functions.StatisticsCalculator;

// One executable holds every function; the template says which one a Lambda runs.
try
{
    FunctionSettings.RequireRuntime();
    var run = FunctionSettings.Function switch
    {
        QuizProcessorFunction.Name => QuizProcessorFunction.RunAsync(),
        HealthCheckFunction.Name => HealthCheckFunction.RunAsync(),
        StatisticsCalculatorFunction.Name => StatisticsCalculatorFunction.RunAsync(),
        ResultNotifierFunction.Name => ResultNotifierFunction.RunAsync(),
        var other => throw new FunctionSettingsException(
            $"{FunctionSettings.FunctionVariable} is '{other}', and the functions here are: " +
            $"{QuizProcessorFunction.Name}, {HealthCheckFunction.Name}, {StatisticsCalculatorFunction.Name}, {ResultNotifierFunction.Name}."),
    };
    await run;
    return 0;
}
catch (Exception exception) when (exception is FunctionSettingsException or MissingResourceException)
{
    await Console.Error.WriteLineAsync($"The function cannot start: {exception.Message}");
    return 1;
}
