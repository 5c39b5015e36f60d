namespace QuizAspire.Tests.Support;

/// <summary>Where the tests find what they start.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    public static readonly string Tools = Path.Combine(Root, "tools");

    /// <summary>A program's assembly in its own output folder, built with the configuration and for the framework of these tests.</summary>
    public static string AssemblyOf(string project)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name, $"{project}.dll");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "QuizAspire.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No QuizAspire.sln above {AppContext.BaseDirectory}.");
    }
}
