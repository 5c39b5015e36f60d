namespace QuizAspire.AppHost.Provisioned;

/// <summary>Does anything listen at the endpoint? Any answer will do, since endpoints agree on none to this question.</summary>
internal static class EndpointProbe
{
    /// <exception cref="LaunchException">Nothing answers in time.</exception>
    public static async Task RequireAnswerAsync(string endpoint, TimeSpan within)
    {
        using var http = new HttpClient { Timeout = within };
        try
        {
            using var answer = await http.GetAsync(endpoint, HttpCompletionOption.ResponseHeadersRead);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            var reason = exception is HttpRequestException ? exception.Message : $"no answer within {within.TotalSeconds:0.###} s";
            throw new LaunchException($"The AWS endpoint {endpoint} does not answer: {reason}", exception);
        }
    }

    /// <summary>Only moto has this page; elsewhere it is an object of a bucket that does not exist.</summary>
    public static async Task<bool> IsMotoAsync(string endpoint, TimeSpan within)
    {
        using var http = new HttpClient { Timeout = within };
        try
        {
            using var answer = await http.GetAsync($"{endpoint.TrimEnd('/')}/moto-api/data.json", HttpCompletionOption.ResponseHeadersRead);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
