using System.Net;
using System.Text;
using QuizAspire.AppHost;

namespace QuizAspire.Tests.Support;

/// <summary>An STS that has nothing good to say.</summary>
internal sealed class FakeSts : IAsyncDisposable
{
    private const string Refusal = """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code>
        <Message>The security token included in the request is invalid.</Message></Error><RequestId>r</RequestId></ErrorResponse>
        """;

    private readonly HttpListener _listener = new();
    private readonly List<HttpListenerContext> _unanswered = [];
    private readonly Task _serving;

    private FakeSts(string? answer, HttpStatusCode status = HttpStatusCode.Forbidden)
    {
        Url = $"http://127.0.0.1:{LocalPorts.Free()}";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = ServeAsync(answer, status);
    }

    public string Url { get; }

    public static FakeSts Refusing() => new(Refusal);

    /// <summary>As a proxy on the way answers, which knows no error codes.</summary>
    public static FakeSts AnsweringWithAPage(HttpStatusCode status) => new("<html><body>Sign in to this network first.</body></html>", status);

    public static FakeSts Silent() => new(answer: null);

    public async ValueTask DisposeAsync()
    {
        _listener.Abort();
        await _serving;
    }

    private async Task ServeAsync(string? answer, HttpStatusCode status)
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                if (answer is null)
                {
                    _unanswered.Add(call);
                    continue;
                }

                call.Response.StatusCode = (int)status;
                call.Response.ContentType = "text/xml";
                await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
                call.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}

internal static class EnvironmentExtensions
{
    public static Dictionary<string, string?> With(this Dictionary<string, string?> environment, params (string Name, string? Value)[] more)
    {
        foreach (var (name, value) in more)
            environment[name] = value;
        return environment;
    }
}
