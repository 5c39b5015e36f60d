namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API refused a request; the function cannot go on.</summary>
public class RuntimeApiClientException : Exception
{
    internal RuntimeApiClientException(string message, int statusCode, string response)
        : base($"{message} (status {statusCode}): {response}")
    {
        StatusCode = statusCode;
        Response = response;
    }

    public int StatusCode { get; private set; }

    public string Response { get; private set; }
}
