namespace QuizAspire.Tests.Support;

/// <summary>Where the tests find what they start.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    public static readonly string Tools = Path.Combine(Root, "tools");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "QuizAspire.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No QuizAspire.sln above {AppContext.BaseDirectory}.");
    }
}
