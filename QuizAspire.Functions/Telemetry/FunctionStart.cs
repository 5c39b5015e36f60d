using System.Diagnostics;
using QuizAspire.ServiceDefaults.Telemetry;

namespace QuizAspire.Functions.Telemetry;

/// <summary>The init phase of every function.</summary>
internal static class FunctionStart
{
    // Without .NET's own spans of HTTP: a call of AWS has one already, and the others ask Lambda for the next invocation, for as long as it takes.
    private static readonly TelemetryTarget Target = new() { Sources = ["QuizAspire.*", "System.Runtime"], IncludesRuntime = false, EndsOnSignal = true };

    /// <param name="initialize">Makes what handles the invocations. A defect of the configuration that it throws is reported to Lambda.</param>
    public static async Task<(T Handler, FunctionTelemetry Telemetry)> RunAsync<T>(
        string function, string trigger, Func<FunctionMetrics, Task<T>> initialize)
    {
        var time = TimeProvider.System;
        var metrics = new FunctionMetrics();
        // Beside the rest of the initialization, which mostly waits for AWS's first answer.
        var starting = Task.Run(TryStart);
        using var unseen = Unseen();
        var handler = await initialize(metrics);
        var telemetry = new FunctionTelemetry(function, trigger, metrics, time, await starting);
        telemetry.Initialized();
        return (handler, telemetry);
    }

    /// <summary>What is wrong with a variable must not keep the function from its work: then nothing is sent.</summary>
    private static ProcessTelemetry? TryStart()
    {
        try
        {
            return ProcessTelemetry.Start(Target);
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine($"Telemetry could not be started, so nothing is sent: {exception.GetType().Name}: {exception.Message}");
            return null;
        }
    }

    /// <summary>Calls of the init phase belong to no invocation, and would be traces of their own that show nobody's work.</summary>
    private static Activity Unseen() => new Activity("init")
        .SetParentId(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None)
        .Start();
}
