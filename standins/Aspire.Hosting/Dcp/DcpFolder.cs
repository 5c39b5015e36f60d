using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// A private temporary folder for one run of DCP: its address and token, its certificate, its home and its log files.
/// Deleted at the end; that of a run which was killed is deleted by the next one.
/// </summary>
internal sealed class DcpFolder : IDisposable
{
    private const string Prefix = "aspire-dcp-";

    private DcpFolder(string path) => Root = path;

    public string Root { get; }

    public string Kubeconfig => Path.Combine(Root, "kubeconfig");

    public string CertificateFile => Path.Combine(Root, "tls.crt");

    public string KeyFile => Path.Combine(Root, "tls.key");

    public string Home => Path.Combine(Root, "home");

    public string Session => Path.Combine(Root, "session");

    public static DcpFolder Create()
    {
        DeleteAbandoned();
        // Only its owner may enter a folder made this way.
        var root = Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-"));
        var folder = new DcpFolder(root.FullName);
        Directory.CreateDirectory(folder.Home);
        Directory.CreateDirectory(folder.Session);
        return folder;
    }

    public void Dispose() => TryDelete(Root);

    private static void DeleteAbandoned()
    {
        foreach (var path in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var owner = Path.GetFileName(path)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, CultureInfo.InvariantCulture, out var processId) && !IsAlive(processId))
                TryDelete(path);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file that is still held, or another user's folder: a later run tries again.
        }
    }
}
