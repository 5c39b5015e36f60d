using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Infrastructure;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Infrastructure;

public sealed class TemplateSynthesizerTests : IDisposable
{
    private readonly DirectoryInfo _artifacts = Directory.CreateTempSubdirectory("a space in a path ");

    public void Dispose() => _artifacts.Delete(recursive: true);

    [Fact]
    public async Task Two_starts_at_once_give_one_template_and_a_later_one_needs_no_node()
    {
        var first = await Task.WhenAll(Task.Run(() => Synthesize(Node)), Task.Run(() => Synthesize(Node)));
        var later = Synthesize(() => throw new InvalidOperationException("Node was asked for."));

        Assert.Equal([later, later], first);
        Assert.Contains("quiz-submissions.fifo", await File.ReadAllTextAsync(later.Stack), StringComparison.Ordinal);
        Assert.Contains("quiz-submissions.fifo", await File.ReadAllTextAsync(later.Resources), StringComparison.Ordinal);
        var left = Assert.Single(new DirectoryInfo(Path.Combine(_artifacts.FullName, "cdk")).GetFileSystemInfos());
        Assert.Equal(TemplateSynthesizer.Fingerprint(), left.Name);
    }

    [Fact]
    public void Template_found_in_the_cache_loads_no_cdk()
    {
        var cached = Directory.CreateDirectory(Path.Combine(_artifacts.FullName, "cdk", TemplateSynthesizer.Fingerprint()));
        var templates = new SynthesizedTemplates(
            Path.Combine(cached.FullName, "quiz-aspire.template.json"), Path.Combine(cached.FullName, "quiz-aspire-resources.template.json"));
        File.WriteAllText(templates.Stack, "{}");
        File.WriteAllText(templates.Resources, "{}");
        var told = new List<string>();

        Assert.Equal(templates, Synthesize(() => throw new InvalidOperationException("Node was asked for."), told.Add));

        Assert.Empty(told);
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name is "Amazon.CDK.Lib" or "Amazon.JSII.Runtime");
    }

    [Fact]
    public void Missing_node_is_told_and_leaves_nothing_behind()
    {
        var error = Assert.Throws<LaunchException>(() => Synthesize(() => throw new LaunchException("No Node.")));

        Assert.Equal("No Node.", error.Message);
        Assert.Empty(_artifacts.GetFiles("*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Failed_synthesis_says_why()
    {
        var error = Assert.Throws<LaunchException>(() => Synthesize(() => Path.Combine(_artifacts.FullName, "no-such-node")));

        Assert.Contains("no-such-node", error.Message, StringComparison.Ordinal);
        Assert.Empty(_artifacts.GetFiles("*", SearchOption.AllDirectories));
    }

    /// <summary>The cache asks this folder's sources alone, so nothing outside it may decide a template.</summary>
    [Fact]
    public void Stack_depends_on_no_other_source()
    {
        var assembly = typeof(TemplateSynthesizer).Assembly;
        var own = typeof(TemplateSynthesizer).Namespace!;
        // They run the synthesis, and have no part in what it gives.
        string[] around = ["infrastructure/TemplateSynthesizer.cs", "infrastructure/SynthesisProcess.cs"];
        var stack = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("infrastructure/", StringComparison.Ordinal)).Except(around).ToArray();
        var others = TypesOutside(own, assembly.Location);

        Assert.Contains("infrastructure/QuizStack.cs", stack);
        Assert.Contains("infrastructure/Resources/QuizResources.cs", stack);
        Assert.Contains(nameof(QuizAspire.AppHost.ResourceNames), others);
        Assert.All(stack, name =>
        {
            using var source = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var text = source.ReadToEnd();
            Assert.DoesNotMatch($@"using QuizAspire(?!{Regex.Escape(own["QuizAspire".Length..])}[.;])", text);
            Assert.DoesNotMatch($@"(?m)^[^/]*\b({string.Join('|', others)})\b\.", text);
        });
    }

    /// <summary>Read from the file: to ask the assembly for its types would load the CDK into this process.</summary>
    private static string[] TypesOutside(string space, string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.TypeDefinitions
               let type = metadata.GetTypeDefinition(handle)
               let name = metadata.GetString(type.Name)
               let of = metadata.GetString(type.Namespace)
               where of.StartsWith("QuizAspire.", StringComparison.Ordinal) && !of.StartsWith(space, StringComparison.Ordinal)
                   && !name.Contains('<', StringComparison.Ordinal) && !name.Contains('`', StringComparison.Ordinal)
               select name,
        ];
    }

    private static string Node() => NodeLocator.Find(Repository.Tools);

    private SynthesizedTemplates Synthesize(Func<string> node, Action<string>? tell = null) => new TemplateSynthesizer(_artifacts.FullName, node, TimeProvider.System).Synthesize(tell);
}
