using Amazon.CDK;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>
/// The command <c>synthesize DIRECTORY</c>, a process of its own: the CDK runs in Node beneath it, and that Node, its memory and its
/// temporary files end with it.
/// </summary>
internal static class SynthesizeCommand
{
    public const string Name = "synthesize";

    public static bool IsIn(string[] args) => args is [Name, _];

    public static int Run(string[] args)
    {
        var app = new App(new AppProps
        {
            Outdir = args[1],
            AnalyticsReporting = false,
            TreeMetadata = false,
        });
        _ = new QuizStack(app);
        app.Synth();
        return 0;
    }
}
