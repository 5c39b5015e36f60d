using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace QuizAspire.Tests.Infrastructure;

public sealed class CloudAssemblyTests : IDisposable
{
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("assembly-");

    public void Dispose() => _work.Delete(recursive: true);

    [Fact]
    public void Same_packages_give_the_same_bytes_and_another_package_another_key_for_its_functions_alone()
    {
        var first = CloudAssembly.Publish(_work.CreateSubdirectory("first"));
        var again = CloudAssembly.Publish(_work.CreateSubdirectory("again"));
        var changed = CloudAssembly.Publish(_work.CreateSubdirectory("changed"), api: "another api");

        Assert.Equal(Bytes(first), Bytes(again));
        var (before, after) = (Keys(first), Keys(changed));
        Assert.Equal(5, before.Count);
        Assert.Equal(["quiz-api"], before.Where(function => after[function.Key] != function.Value).Select(function => function.Key));
    }

    [Fact]
    public void Code_is_where_the_manifest_puts_it_or_in_the_bucket_that_is_given()
    {
        var assembly = CloudAssembly.Publish(_work, architecture: "x64");
        var functions = assembly.Template.OfType("AWS::Lambda::Function").ToArray();

        Assert.Equal(5, functions.Length);
        Assert.Equal(assembly.Code.Select(code => code.Key).Order(), functions.Select(function => function["Code"].GetProperty("S3Key").GetString()!).Distinct().Order());
        Assert.All(assembly.Code, code => Assert.Equal($"{Twice(code.Path)}.zip", code.Key));
        Assert.All(functions, function => Assert.True(
            JsonElement.DeepEquals(
                JsonElement.Parse("""
                    {"Fn::If": ["AssetsBucketGiven", {"Ref": "AssetsBucket"}, {"Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"}]}
                    """),
                function["Code"].GetProperty("S3Bucket")),
            function.LogicalId));
        Assert.All(functions, function => Assert.Equal("x86_64", function["Architectures"][0].GetString()));
        // Nothing in it needs an account that the CDK has prepared.
        Assert.False(assembly.Template.Root.TryGetProperty("Rules", out _));
        Assert.False(assembly.Template.Root.GetProperty("Parameters").TryGetProperty("BootstrapVersion", out _));
    }

    /// <summary>A message would come back while it is scored. Only a run on one's own machine may want to see that.</summary>
    [Fact]
    public void Published_visibility_timeout_is_at_least_the_functions_timeout()
    {
        var template = CloudAssembly.Publish(_work).Template;

        var timeout = Assert.Single(template.OfType("AWS::Lambda::Function"), function => function["FunctionName"].GetString() == "quiz-processor")["Timeout"];
        var parameter = template.Root.GetProperty("Parameters").GetProperty("VisibilityTimeoutSeconds");
        Assert.Equal(timeout.GetInt32(), parameter.GetProperty("MinValue").GetInt32());
    }

    /// <summary>What AWS measures every minute; only a run on one's own machine measures more often.</summary>
    [Fact]
    public void Published_alarms_look_at_whole_minutes()
    {
        var period = CloudAssembly.Publish(_work).Template.Root.GetProperty("Parameters").GetProperty("AlarmPeriodSeconds");

        var allowed = period.GetProperty("AllowedValues").EnumerateArray()
            .Select(value => int.Parse(value.GetString()!, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(60, allowed.Min());
        Assert.All(allowed, seconds => Assert.Equal(0, seconds % 60));
    }

    [CfnLintFact]
    public async Task Published_template_lints_without_error_or_warning() =>
        Assert.Equal("", await CfnLint.FindingsAsync(CloudAssembly.Publish(_work).Template.Path));

    private static Dictionary<string, string> Bytes(CloudAssembly assembly) => assembly.Directory.GetFiles("*", SearchOption.AllDirectories)
        .ToDictionary(file => file.Name, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.FullName))));

    private static Dictionary<string, string> Keys(CloudAssembly assembly) => assembly.Template.OfType("AWS::Lambda::Function")
        .ToDictionary(function => function["FunctionName"].GetString()!, function => function["Code"].GetProperty("S3Key").GetString()!);

    /// <summary>The CDK hashes the hash that it is given.</summary>
    private static string Twice(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))))));
}
