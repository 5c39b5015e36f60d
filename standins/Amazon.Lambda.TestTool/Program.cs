using Amazon.Lambda.TestTool;
using Amazon.Lambda.TestTool.Emulator;
using Amazon.Lambda.TestTool.EventSource;

ToolOptions options;
try
{
    options = ToolOptions.Parse(args, Environment.GetEnvironmentVariable);
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

using var stopping = new StopSignal();
var running = new List<Task>();
LambdaEmulator? emulator = null;
if (options.EmulatorPort is { } port)
{
    try
    {
        emulator = await LambdaEmulator.StartAsync(
            new LambdaEmulatorSettings { Host = options.EmulatorHost, Port = port, FunctionTimeouts = options.FunctionTimeouts });
    }
    catch (IOException e)
    {
        await Console.Error.WriteLineAsync($"The Lambda emulator cannot listen on {options.EmulatorHost}:{port}: {e.Message}");
        return 1;
    }
    running.Add(emulator.WaitForShutdownAsync(stopping.Token));
}
running.AddRange(options.EventSources.Select(source => SqsEventSource.RunAsync(source.WithRuntimeApi(emulator?.Url), stopping.Token)));
await Task.WhenAll(running);
return 0;
