using System.Net.Sockets;
using Aspire.Hosting.Dcp;

namespace Standins.Tests.Hosting;

public class ConnectionErrorsTests
{
    [Fact]
    public async Task A_server_that_ends_while_it_is_connected_to_is_a_failed_request()
    {
        using var http = new HttpClient(new ConnectionErrors(new Disconnected()));

        var failed = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("http://127.0.0.1/")));

        Assert.Equal(HttpRequestError.ConnectionError, failed.HttpRequestError);
        Assert.IsType<SocketException>(failed.InnerException);
    }

    private sealed class Disconnected : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new SocketException((int)SocketError.NotConnected);
    }
}
