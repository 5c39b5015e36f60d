using System.Net;
using System.Net.Sockets;

namespace QuizAspire.TelemetryBench.Processes;

/// <summary>Where what is started is found.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    /// <summary>A program's assembly, built with the configuration of this one.</summary>
    public static string AssemblyOf(string project, string? root = null)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(root ?? Root, project, "bin", framework.Parent!.Name, framework.Name, $"{project}.dll");
    }

    /// <summary>The Node that npm has installed, or the system's.</summary>
    public static string Node()
    {
        var modules = Path.Combine(Root, "tools", "node_modules");
        var installed = Directory.Exists(modules)
            ? Directory.EnumerateDirectories(modules, "node-*").Select(package => Path.Combine(package, "bin", "node")).FirstOrDefault(File.Exists)
            : null;
        return installed ?? "node";
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "QuizAspire.sln")))
                return folder.FullName;
        throw new FileNotFoundException($"No QuizAspire.sln above {AppContext.BaseDirectory}.");
    }
}
