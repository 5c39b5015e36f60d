using System.IO.Compression;
using System.Text.Json;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Infrastructure;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>A published cloud assembly whose packages hold a file each, in place of code.</summary>
internal sealed class CloudAssembly
{
    private CloudAssembly(DirectoryInfo directory, string template) => (Directory, Template) = (directory, new TemplateDocument(template));

    public DirectoryInfo Directory { get; }

    public TemplateDocument Template { get; }

    /// <summary>The files of code and the keys under which a bucket is to have them.</summary>
    public IReadOnlyList<(string Path, string Key)> Code =>
    [
        .. from file in JsonElement.Parse(File.ReadAllText(Path.Combine(Directory.FullName, "quiz-aspire.assets.json"))).GetProperty("files").EnumerateObject()
           let path = file.Value.GetProperty("source").GetProperty("path").GetString()!
           where path.EndsWith(".zip", StringComparison.Ordinal)
           select (Path.Combine(Directory.FullName, path), file.Value.GetProperty("destinations").EnumerateObject().Single().Value.GetProperty("objectKey").GetString()!),
    ];

    /// <param name="work">An empty directory, for everything.</param>
    public static CloudAssembly Publish(DirectoryInfo work, string functions = "functions", string api = "api", string architecture = "arm64")
    {
        var output = work.CreateSubdirectory("assembly");
        var packages = new FunctionPackages(Zip(work, functions), Zip(work, api), architecture);
        var synthesizer = new TemplateSynthesizer(Path.Combine(work.FullName, "artifacts"), () => NodeLocator.Find(Repository.Tools), TimeProvider.System);
        return new CloudAssembly(output, synthesizer.SynthesizeAssembly(output.FullName, packages));
    }

    private static string Zip(DirectoryInfo work, string content)
    {
        var path = Path.Combine(work.FullName, $"{content}.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        var entry = zip.CreateEntry(content);
        entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var writer = new StreamWriter(entry.Open());
        writer.Write(content);
        return path;
    }
}
