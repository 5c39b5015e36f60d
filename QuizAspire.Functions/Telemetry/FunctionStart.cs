using System.Diagnostics;
using QuizAspire.ServiceDefaults.Telemetry;

namespace QuizAspire.Functions.Telemetry;

/// <summary>The init phase of every function.</summary>
internal static class FunctionStart
{
    /// <param name="initialize">Makes what handles the invocations. A defect of the configuration that it throws is reported to Lambda.</param>
    public static async Task<(T Handler, FunctionTelemetry Telemetry)> RunAsync<T>(
        string function, string trigger, Func<FunctionMetrics, Task<T>> initialize)
    {
        var time = TimeProvider.System;
        var metrics = new FunctionMetrics();
        // Beside the rest of the initialization, which mostly waits for AWS's first answer.
        var starting = Task.Run(ProcessTelemetry.Start);
        using var unseen = Unseen();
        var handler = await initialize(metrics);
        var telemetry = new FunctionTelemetry(function, trigger, metrics, time, await starting);
        telemetry.Initialized();
        return (handler, telemetry);
    }

    /// <summary>Calls of the init phase belong to no invocation, and would be traces of their own that show nobody's work.</summary>
    private static Activity Unseen() => new Activity("init")
        .SetParentId(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None)
        .Start();
}
