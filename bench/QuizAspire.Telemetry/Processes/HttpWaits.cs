namespace QuizAspire.TelemetryBench.Processes;

internal static class HttpWaits
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until something answers there with success.</summary>
    /// <exception cref="TimeoutException">Nothing does in half a minute.</exception>
    public static async Task AnswersAsync(this HttpClient http, string url)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(url, deadline.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{url} does not answer");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }
}
