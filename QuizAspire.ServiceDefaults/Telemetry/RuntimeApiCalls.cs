using System.Diagnostics;
using OpenTelemetry;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Leaves the calls of Lambda's Runtime API out of the traces: a function that waits for its next invocation does so by a request that lasts until
/// there is one, which would be a trace of its own for each.
/// </summary>
/// <param name="address">Host and port, as Lambda gives them to a function.</param>
internal sealed class RuntimeApiCalls(string address) : BaseProcessor<Activity>
{
    public const string AddressVariable = "AWS_LAMBDA_RUNTIME_API";

    // The local emulator has a path behind the port, one for each function.
    private readonly Uri? _address = Uri.TryCreate($"http://{address}", UriKind.Absolute, out var uri) ? uri : null;

    public override void OnEnd(Activity data)
    {
        if (_address is not null
            && data.Source.Name == "System.Net.Http"
            && data.GetTagItem("server.address") is string host && host == _address.Host
            && data.GetTagItem("server.port") is int port && port == _address.Port)
            // What is not recorded is not exported.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
