#pragma warning disable ASPIREPIPELINES001 // Aspire calls its pipeline experimental; it is the only way to publish.
using System.Globalization;
using Aspire.Hosting.Pipelines;

namespace QuizAspire.AppHost.Publishing;

/// <summary>Tells how far publishing is: the Aspire CLI by its own means, and a terminal, which Aspire tells nothing, in lines.</summary>
/// <param name="step">The step of Aspire's pipeline, where there is one.</param>
internal sealed class PublishProgress(IReportingStep? step, TextWriter terminal, TimeProvider time)
{
    /// <summary>Does one part of the work; what it gives is told with the time that it took.</summary>
    /// <param name="doing">What is being done, as in "Building the template".</param>
    public async Task RunAsync(string doing, Func<Task<string>> work)
    {
        await terminal.WriteLineAsync($"{doing} ...");
        var begin = time.GetTimestamp();
        await using var task = step is null ? null : await step.CreateTaskAsync(doing);
        try
        {
            var result = await work();
            var told = string.Create(CultureInfo.InvariantCulture, $"{result}, in {time.GetElapsedTime(begin).TotalSeconds:0.0} s");
            await terminal.WriteLineAsync($"  {told}");
            if (task is not null)
                await task.SucceedAsync(told);
        }
        catch (Exception failure)
        {
            if (task is not null)
                await task.FailAsync(failure.Message);
            throw;
        }
    }

    public static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
