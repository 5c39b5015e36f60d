using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using QuizAspire.AppHost.Infrastructure;
using QuizAspire.AppHost.Publishing;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Publishing;

[Collection(nameof(Publications))]
public sealed class PublicationTests(Publications publications)
{
    /// <summary>Of arm64 code ahead of time for Linux: the machine, and the mark by which a runtime of another system knows to leave it.</summary>
    private const ushort LinuxArm64 = 0xAA64 ^ 0x7B79;

    [Fact]
    public void The_same_sources_give_the_same_bytes_at_another_path_and_without_earlier_builds()
    {
        var files = FilesIn(publications.Published);

        Assert.True(files.Count > 6);
        Assert.Equal(files.Keys, FilesIn(publications.FromCopy).Keys);
        Assert.All(files, file => Assert.True(
            File.ReadAllBytes(file.Value).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(publications.FromCopy, file.Key))), $"{file.Key} differs."));
    }

    [Fact]
    public void Every_function_has_code_that_is_there_under_its_key_and_holds_its_handler()
    {
        var functions = Functions();

        Assert.NotEmpty(functions);
        var code = Code();
        Assert.Equal(2, code.Count);
        foreach (var (handler, architecture, key) in functions)
        {
            var zip = Assert.Single(code, asset => asset.Key == key).File;
            Assert.EndsWith($"asset.{key}", zip, StringComparison.Ordinal);
            Assert.Equal("arm64", architecture);
            using var package = ZipFile.OpenRead(zip);
            Assert.Contains(package.Entries, entry => entry.FullName == $"{handler}.dll");
            Assert.Contains(package.Entries, entry => entry.FullName == $"{handler}.runtimeconfig.json");
            Assert.Contains(package.Entries, entry => entry.FullName == $"{handler}.deps.json");
        }
    }

    [Fact]
    public void Assemblies_are_compiled_ahead_of_time_for_the_architecture()
    {
        var assemblies = Entries(".dll");

        Assert.Contains(assemblies, assembly => assembly.Name == "QuizAspire.Functions.dll");
        Assert.Contains(assemblies, assembly => assembly.Name == "AWSSDK.Core.dll");
        Assert.All(assemblies, assembly =>
        {
            using var image = new PEReader(new MemoryStream(assembly.Content));
            Assert.True(image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, $"{assembly.Name} is not compiled ahead of time.");
            Assert.Equal(LinuxArm64, (ushort)image.PEHeaders.CoffHeader.Machine);
        });
    }

    [Fact]
    public void The_runtime_is_lambdas_own()
    {
        var configurations = Entries(".runtimeconfig.json");

        Assert.Equal(["QuizAspire.Api.runtimeconfig.json", "QuizAspire.Functions.runtimeconfig.json"], configurations.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(configurations, file =>
        {
            var options = Json.Of(Encoding.UTF8.GetString(file.Content)).GetProperty("runtimeOptions");
            Assert.Equal("net10.0", options.GetProperty("tfm").GetString());
            Assert.False(options.TryGetProperty("includedFrameworks", out _));
            Assert.False(options.GetProperty("configProperties").GetProperty("System.GC.Server").GetBoolean());
            Assert.True(options.GetProperty("configProperties").GetProperty("System.Globalization.Invariant").GetBoolean());
        });
    }

    [Fact]
    public void Packages_hold_no_symbols_no_settings_of_a_developer_and_no_path_of_the_build()
    {
        var entries = Entries("");

        Assert.NotEmpty(entries);
        Assert.DoesNotContain(entries, entry => entry.Name.EndsWith(".pdb", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(entries, entry => entry.Name.Contains("Development", StringComparison.OrdinalIgnoreCase) || entry.Name.EndsWith(".env", StringComparison.Ordinal));
        string[] secrets = [Repository.Root, publications.Copy, "-----BEGIN", "AWS_SECRET_ACCESS_KEY="];
        foreach (var (name, content) in entries.Where(entry => entry.Name.StartsWith("QuizAspire", StringComparison.Ordinal)))
            foreach (var secret in secrets)
                Assert.True(
                    content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0 && content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)) < 0,
                    $"{name} holds {secret}");
    }

    [Fact]
    public void The_list_of_hashes_and_the_guide_name_what_is_there()
    {
        var guide = File.ReadAllText(Path.Combine(publications.Published, DeployGuide.Name));

        foreach (var line in File.ReadAllLines(Path.Combine(publications.Published, OutputDirectory.ListFile)))
            Assert.Equal(line[..64], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(publications.Published, line[66..])))));
        var files = FilesIn(publications.Published).Keys.Where(file => file != DeployGuide.Name).ToArray();
        Assert.Equal(files.Length, File.ReadAllLines(Path.Combine(publications.Published, OutputDirectory.ListFile)).Length);
        Assert.All(files, file => Assert.Contains($"`{file}`", guide, StringComparison.Ordinal));
        Assert.All(Code(), asset => Assert.Contains(asset.Key, guide, StringComparison.Ordinal));
    }

    [Fact]
    public void The_parameters_file_has_each_parameter_of_the_template()
    {
        var declared = Template().GetProperty("Parameters").EnumerateObject().Select(parameter => parameter.Name).ToArray();
        var written = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(publications.Published, ParametersFile.Name)))!;

        Assert.Contains("VisibilityTimeoutSeconds=70", written);
        Assert.Equal(declared, written.Select(line => line.Split('=')[0]));
    }

    [Fact]
    public void Progress_is_told_with_sizes_and_times()
    {
        Assert.Matches(@"Building QuizAspire\.Functions for linux-arm64 \.\.\.\s+\d+\.\d MB, in \d+\.\d s", publications.Said);
        Assert.Matches(@"Building QuizAspire\.Api for linux-arm64 \.\.\.\s+\d+\.\d MB, in \d+\.\d s", publications.Said);
        Assert.Contains($"Published to {publications.Published} in ", publications.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("info:", publications.Said, StringComparison.Ordinal);
    }

    private JsonElement Template() => Json.Of(File.ReadAllText(Path.Combine(publications.Published, $"{QuizStack.Id}.template.json")));

    private List<(string Handler, string Architecture, string Key)> Functions() =>
    [
        .. from resource in Template().GetProperty("Resources").EnumerateObject()
           where resource.Value.GetProperty("Type").GetString() == "AWS::Lambda::Function"
           let properties = resource.Value.GetProperty("Properties")
           select (
               properties.GetProperty("Handler").GetString()!,
               properties.GetProperty("Architectures")[0].GetString()!,
               properties.GetProperty("Code").GetProperty("S3Key").GetString()!),
    ];

    private List<(string File, string Key)> Code() =>
        [.. AssetManifest.CodeIn(publications.Published, QuizStack.Id).Select(asset => (Path.Combine(publications.Published, asset.File), asset.Key))];

    /// <summary>Files of the packages whose names end so.</summary>
    private List<(string Name, byte[] Content)> Entries(string ending)
    {
        var entries = new List<(string, byte[])>();
        foreach (var (file, _) in Code())
        {
            using var package = ZipFile.OpenRead(file);
            foreach (var entry in package.Entries.Where(entry => entry.FullName.EndsWith(ending, StringComparison.Ordinal)))
            {
                using var content = new MemoryStream();
                using var source = entry.Open();
                source.CopyTo(content);
                entries.Add((entry.FullName, content.ToArray()));
            }
        }

        return entries;
    }

    private static SortedDictionary<string, string> FilesIn(string directory) => new(
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(directory, file)),
        StringComparer.Ordinal);
}
