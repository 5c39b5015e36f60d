using System.Globalization;
using System.Text.Json;

namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>The errors that the platform reports in a function's place, in Lambda's own words and shapes.</summary>
internal static class LambdaErrors
{
    public static InvocationResult Timeout(string requestId, TimeSpan timeout) => Error("Sandbox.Timedout",
        string.Create(CultureInfo.InvariantCulture, $"RequestId: {requestId} Error: Task timed out after {timeout.TotalSeconds:0.00} seconds"));

    public static InvocationResult Exit(string requestId) =>
        Error("Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited without providing a reason");

    public static InvocationResult ResponseTooLarge(long size) => Error("Function.ResponseSizeTooLarge",
        $"Response payload size ({size} bytes) exceeded maximum allowed payload size ({Limits.ResponseBytes} bytes).");

    private static InvocationResult Error(string type, string message) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new FunctionError(type, message), EmulatorJson.Default.FunctionError), IsError: true);
}
