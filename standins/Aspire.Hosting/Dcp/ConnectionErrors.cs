using System.Net.Sockets;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// HttpClient asks a new connection for its peer, and a server that ends in that moment makes this fail with the socket's own exception.
/// For callers it is what any other lost connection is.
/// </summary>
internal sealed class ConnectionErrors(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, exception.Message, exception);
        }
    }
}
