using QuizAspire.AppHost.Infrastructure;

namespace QuizAspire.AppHost.Publishing;

/// <summary>Makes the directory from which the system is deployed: template, asset manifest, packages, parameters, instructions.</summary>
internal sealed class Publication(ProjectFolders folders, PublishOptions options, TemplateSynthesizer synthesizer)
{
    private readonly string _workDirectory = Path.Combine(folders.Artifacts, "publish");

    /// <exception cref="PublishException">It cannot be published; what was at the path before is still there.</exception>
    public async Task WriteAsync(string path, PublishProgress progress, CancellationToken cancellationToken)
    {
        using var output = new OutputDirectory(path);
        if (options.Parameters.Count > 0)
            await progress.RunAsync("Checking the parameters", () =>
            {
                // Before the minute that the rest takes. The local template allows a shorter visibility timeout; all other rules are the published one's.
                _ = ParametersFile.Values(File.ReadAllText(synthesizer.Synthesize().Stack), options.Parameters);
                return Task.FromResult($"{options.Parameters.Count} given");
            });

        using var alone = TakeTurn();
        var functions = await BuildAsync("QuizAspire.Functions", progress, cancellationToken);
        var api = await BuildAsync("QuizAspire.Api", progress, cancellationToken);

        await progress.RunAsync("Synthesizing the template", () =>
        {
            synthesizer.SynthesizeAssembly(output.Unfinished, new FunctionPackages(functions, api, options.Architecture));
            return Task.FromResult(PublishProgress.Size(new FileInfo(Path.Combine(output.Unfinished, $"{QuizStack.Id}.template.json")).Length));
        });
        cancellationToken.ThrowIfCancellationRequested();
        await progress.RunAsync($"Writing {ParametersFile.Name} and {DeployGuide.Name}", () =>
        {
            var template = File.ReadAllText(Path.Combine(output.Unfinished, $"{QuizStack.Id}.template.json"));
            var values = ParametersFile.Values(template, options.Parameters);
            File.WriteAllText(Path.Combine(output.Unfinished, ParametersFile.Name), ParametersFile.Content(values));
            var code = AssetManifest.CodeIn(output.Unfinished, QuizStack.Id);
            File.WriteAllText(Path.Combine(output.Unfinished, DeployGuide.Name), DeployGuide.Content(QuizStack.Id, code, values, options));
            return Task.FromResult($"{values.Count} parameters");
        });
        output.Finish();
    }

    /// <summary>Gives the path of the package.</summary>
    private async Task<string> BuildAsync(string project, PublishProgress progress, CancellationToken cancellationToken)
    {
        var output = Path.Combine(_workDirectory, options.Architecture, project);
        await progress.RunAsync($"Building {project} for linux-{options.Architecture}", async () =>
        {
            await new PackageBuild(folders.Repository, Path.Combine(_workDirectory, "build"), options.Architecture)
                .RunAsync(Path.Combine(folders.Repository, project), output, cancellationToken);
            PackageZip.Create(output, $"{output}.zip");
            return PublishProgress.Size(new FileInfo($"{output}.zip").Length);
        });
        return $"{output}.zip";
    }

    /// <summary>Two builds in one directory would get into each other's way.</summary>
    private FileStream TakeTurn()
    {
        Directory.CreateDirectory(_workDirectory);
        try
        {
            return new FileStream(
                Path.Combine(_workDirectory, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1,
                FileOptions.DeleteOnClose);
        }
        catch (IOException exception)
        {
            throw new PublishException($"Another process is publishing from {folders.Repository}: wait until it has ended.", exception);
        }
    }
}
