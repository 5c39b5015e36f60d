using System.Net.Http;

namespace QuizAspire.AppHost.Monitoring;

/// <summary>Calls the other processes of a run. Not by the factory's clients, which would log each request to the console of AppHost.</summary>
internal static class LocalHttp
{
    /// <summary>
    /// Without the user's proxy, which is not for what is on this machine, and without a limit, since a function may take its time: whoever has
    /// one gives a token that ends.
    /// </summary>
    public static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
}
