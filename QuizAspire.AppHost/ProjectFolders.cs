namespace QuizAspire.AppHost;

/// <summary>The repository's folders that a local run uses.</summary>
internal sealed class ProjectFolders(string appHostDirectory)
{
    public string Repository { get; } = Path.GetFullPath(Path.Combine(appHostDirectory, ".."));

    /// <summary>The emulators' launchers and npm packages.</summary>
    public string Tools => Path.Combine(Repository, "tools");

    /// <summary>Everything generated; git ignores it.</summary>
    public string Artifacts => Path.Combine(Repository, "artifacts");

    /// <summary>Where the emulators put what is large and goes when they end.</summary>
    public string Scratch => Path.Combine(Artifacts, "scratch");

    /// <summary>Where the emulators keep their data between runs, unless the command line says otherwise.</summary>
    public string Data => Path.Combine(Artifacts, "data");
}
