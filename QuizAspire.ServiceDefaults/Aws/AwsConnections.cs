using Amazon.Runtime;

namespace QuizAspire.ServiceDefaults.Aws;

/// <summary>
/// The HTTP clients of the SDK, as it would make them itself, but without spans and trace headers of their own: <see cref="AwsCallSpans"/> has the calls, and
/// .NET makes an activity of each request while any is current, also where nobody keeps it.
/// </summary>
internal sealed class AwsConnections : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var connections = new SocketsHttpHandler
        {
            AllowAutoRedirect = clientConfig.AllowAutoRedirect,
            MaxConnectionsPerServer = clientConfig.MaxConnectionsPerServer ?? int.MaxValue,
            ActivityHeadersPropagator = null,
        };
        var client = new HttpClient(connections);
        if (clientConfig.Timeout is { } timeout)
            client.Timeout = timeout;
        return client;
    }
}
