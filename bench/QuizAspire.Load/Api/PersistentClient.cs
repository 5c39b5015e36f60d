using System.Net;

namespace QuizAspire.Load.Api;

/// <summary>
/// Sends a request until it is answered, however often the server is killed meanwhile: a connection that is lost, a server fault or a request
/// to come back later (after the time it names) is followed by the same request again.
/// </summary>
internal sealed class PersistentClient(HttpClient http, TimeProvider time, Attempts attempts)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <param name="make">Makes the request anew for each attempt; its content cannot be sent twice.</param>
    /// <param name="cancellationToken">The only thing that ends it without an answer.</param>
    /// <returns>An answer below 500, and how long the attempt took that it answers.</returns>
    public async Task<(HttpResponseMessage Response, TimeSpan Elapsed)> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = time.GetTimestamp();
            var response = await TryAsync(make, cancellationToken);
            if (response is not null && (int)response.StatusCode < 500 && response.StatusCode != HttpStatusCode.TooManyRequests)
                return (response, time.GetElapsedTime(started));
            var after = response?.Headers.RetryAfter?.Delta ?? wait;
            Count(response);
            response?.Dispose();
            await Task.Delay(after, time, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage?> TryAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        try
        {
            using var request = make();
            return await http.SendAsync(request, cancellationToken);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null; // HttpClient's timeout
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private void Count(HttpResponseMessage? response)
    {
        if (response is null)
            attempts.CountLost();
        else if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
            attempts.CountUnavailable();
        else
            attempts.CountFault();
    }
}
