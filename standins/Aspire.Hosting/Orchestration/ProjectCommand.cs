using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>How a project is run: as the program that the AppHost's build has already made of it.</summary>
internal static class ProjectCommand
{
    /// <summary>The build writes where each referenced project's output is; a project that it does not know is run by the .NET SDK.</summary>
    public static (string Command, IReadOnlyList<string> Arguments) For(IProjectMetadata project, DistributedApplicationOptions options)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host) ? host : "dotnet";
        if (options.Metadata($"projectoutput:{project.ProjectPath}") is { } output)
        {
            if (!File.Exists(output))
                throw new DistributedApplicationException($"The output '{output}' of project '{project.ProjectPath}' is missing; build it first.");
            return (dotnet, ["exec", output]);
        }

        List<string> run = ["run", "--project", project.ProjectPath, "--no-launch-profile"];
        if (project.SuppressBuild)
            run.Add("--no-build");
        return (dotnet, run);
    }

    public static string DirectoryOf(IProjectMetadata project)
        => Directory.Exists(project.ProjectPath) ? project.ProjectPath : Path.GetDirectoryName(project.ProjectPath)!;
}
