using Amazon.CDK;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>
/// The command that writes the templates, a process of its own: the CDK runs in Node beneath it, and that Node, its memory and its
/// temporary files end with it.
/// <list type="bullet">
/// <item><c>synthesize DIRECTORY</c>: both templates, for a local run, in which no code is deployed.</item>
/// <item><c>synthesize DIRECTORY --functions ZIP --api ZIP --architecture arm64|x64</c>: the whole infrastructure with its code.</item>
/// </list>
/// </summary>
internal static class SynthesizeCommand
{
    private const string Name = "synthesize";

    public static bool IsIn(string[] args) => args is [Name, ..];

    public static string[] Arguments(string directory, FunctionPackages? packages) => packages is null
        ? [Name, directory]
        : [Name, directory, "--functions", packages.FunctionsZip, "--api", packages.ApiZip, "--architecture", packages.Architecture];

    public static int Run(string[] args)
    {
        switch (args)
        {
            case [_, var directory]:
                Synthesize(directory, app =>
                {
                    _ = new QuizStack(app, null);
                    _ = new QuizResourcesStack(app);
                });
                return 0;
            case [_, var directory, "--functions", var functions, "--api", var api, "--architecture", ("arm64" or "x64") and var architecture]:
                Synthesize(directory, app => _ = new QuizStack(app, new FunctionPackages(functions, api, architecture)));
                return 0;
            default:
                Console.Error.WriteLine($"Usage: {Name} DIRECTORY [--functions ZIP --api ZIP --architecture arm64|x64]");
                return 2;
        }
    }

    private static void Synthesize(string directory, Action<App> compose)
    {
        var app = new App(new AppProps
        {
            Outdir = directory,
            AnalyticsReporting = false,
            TreeMetadata = false,
            StackTraces = false,
        });
        compose(app);
        app.Synth();
    }
}
