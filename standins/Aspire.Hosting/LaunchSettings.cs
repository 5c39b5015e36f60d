using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public sealed class LaunchSettings
{
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];
}

public sealed class LaunchProfile
{
    public string? CommandName { get; set; }

    public string? ApplicationUrl { get; set; }

    public string? ExecutablePath { get; set; }

    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];
}

[JsonSerializable(typeof(LaunchSettings))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
internal sealed partial class LaunchSettingsJsonContext : JsonSerializerContext;

internal static class LaunchProfiles
{
    /// <summary>The profile that a project resource runs with: the named one, else the AppHost's own if the project has it, else its first.</summary>
    public static LaunchProfile? GetEffectiveLaunchProfile(this ProjectResource resource)
    {
        if (resource.HasAnnotationOfType<ExcludeLaunchProfileAnnotation>())
            return null;
        var metadata = resource.GetProjectMetadata();
        var profiles = (metadata.LaunchSettings ?? Read(metadata.ProjectPath))?.Profiles ?? [];
        if (resource.TryGetLastAnnotation<LaunchProfileAnnotation>(out var named))
            return profiles.TryGetValue(named.LaunchProfileName, out var wanted)
                ? wanted
                : throw new DistributedApplicationException(
                    $"Launch settings of project resource '{resource.Name}' have no profile named '{named.LaunchProfileName}'.");

        var ofProject = profiles.Where(profile => profile.Value.CommandName == "Project").ToList();
        if (resource.TryGetLastAnnotation<DefaultLaunchProfileAnnotation>(out var preferred)
            && ofProject.Find(profile => profile.Key == preferred.LaunchProfileName).Value is { } same)
            return same;
        return ofProject.FirstOrDefault().Value;
    }

    /// <param name="projectPath">The project file or its folder.</param>
    internal static LaunchSettings? Read(string projectPath)
    {
        var directory = Directory.Exists(projectPath) ? projectPath : Path.GetDirectoryName(projectPath)!;
        var path = Path.Combine(directory, "Properties", "launchSettings.json");
        if (!File.Exists(path))
            return null;
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, LaunchSettingsJsonContext.Default.LaunchSettings);
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException($"The launch settings file '{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
