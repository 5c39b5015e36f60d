using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Chooses loopback ports that are free now and that nobody takes by accident before they are bound: they lie below the range from which
/// systems pick the local ports of outgoing connections (32768 and up on Linux, 49152 and up elsewhere).
/// </summary>
internal sealed class FreePorts
{
    private const int First = 20000;
    private const int Last = 32000;

    private readonly HashSet<int> _taken = [];

    public int Next()
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var port = Random.Shared.Next(First, Last);
            if (_taken.Add(port) && IsFree(port))
                return port;
        }

        throw new DistributedApplicationException($"No free port between {First} and {Last} on 127.0.0.1.");
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
