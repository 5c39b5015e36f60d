using System.ComponentModel;
using System.Globalization;
using Amazon.Runtime;
using QuizAspire.TelemetryBench;
using QuizAspire.TelemetryBench.Processes;

try
{
    if (args is [CollectorProcess.Command, var http, var grpc])
    {
        await CollectorProcess.ServeAsync(int.Parse(http, CultureInfo.InvariantCulture), int.Parse(grpc, CultureInfo.InvariantCulture));
        return 0;
    }

    var options = BenchOptions.Parse(args);
    await using var emulators = await Emulators.StartAsync();
    await using var collector = await CollectorProcess.StartAsync();
    return await new Bench(options, emulators, collector).RunAsync() ? 0 : 1;
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}
catch (InvalidDataException lost)
{
    Console.Error.WriteLine(lost.Message);
    return 1;
}
catch (Exception wrong) when (wrong is IOException or TimeoutException or InvalidOperationException or HttpRequestException or OperationCanceledException
    or AmazonClientException or Win32Exception)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
