using System.Security.Cryptography;
using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using QuizAspire.Tests.Support;

namespace Standins.Tests.LambdaHosting;

public class ResponseTranslationTests
{
    private static readonly GatewayEvent Get = new("GET", "/");

    [Fact]
    public async Task Status_headers_and_a_text_body_arrive_as_they_were_set()
    {
        var answer = await HostedApplication.ServeAsync(Get, async http =>
        {
            http.Response.StatusCode = 201;
            http.Response.Headers.Location = "/quizzes/a%20b";
            http.Response.Headers.Append("X-Several", "one");
            http.Response.Headers.Append("X-Several", "two");
            await http.Response.WriteAsJsonAsync(new Dictionary<string, string> { ["name"] = "Zoë" });
        });

        Assert.Equal((201, false), (answer.StatusCode, answer.IsBase64Encoded));
        Assert.Equal("Zoë", answer.BodyJson.GetProperty("name").GetString());
        Assert.Equal(("/quizzes/a%20b", "one,two", "application/json; charset=utf-8"), (answer["Location"], answer["X-Several"], answer["Content-Type"]));
    }

    [Fact]
    public async Task Each_cookie_is_an_entry_of_its_own_and_none_is_a_header()
    {
        var answer = await HostedApplication.ServeAsync(Get, http =>
        {
            http.Response.Cookies.Append("session", "abc", new CookieOptions { HttpOnly = true });
            http.Response.Cookies.Append("theme", "dark");
            return Task.CompletedTask;
        });

        Assert.Equal(["session=abc; path=/; httponly", "theme=dark; path=/"], answer.Cookies);
        Assert.Null(answer["Set-Cookie"]);
    }

    [Theory]
    [InlineData("image/png", null, true)]
    [InlineData("application/octet-stream", null, true)]
    [InlineData("application/json", "gzip", true)]
    [InlineData("application/json; charset=utf-8", null, false)]
    [InlineData("application/problem+json", null, false)]
    [InlineData("text/html", null, false)]
    public async Task A_body_is_base64_where_type_or_encoding_is_binary(string type, string? encoding, bool binary)
    {
        var bytes = binary ? RandomNumberGenerator.GetBytes(500) : Encoding.UTF8.GetBytes("text: ä €");

        var answer = await HostedApplication.ServeAsync(Get, async http =>
        {
            http.Response.ContentType = type;
            http.Response.Headers.ContentEncoding = encoding;
            await http.Response.Body.WriteAsync(bytes);
        });

        Assert.Equal(binary, answer.IsBase64Encoded);
        Assert.Equal(bytes, answer.Bytes);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(304)]
    public async Task A_response_without_a_body_has_an_empty_one_and_no_type(int status)
    {
        var answer = await HostedApplication.ServeAsync(Get, http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        Assert.Equal((status, "", null), (answer.StatusCode, answer.Body, answer["Content-Type"]));
    }

    [Fact]
    public async Task Megabytes_are_answered_in_whole()
    {
        var text = new string('x', 3_000_000);
        Assert.Equal(text, (await HostedApplication.ServeAsync(Get, http => http.Response.WriteAsync(text))).Body);
    }

    [Fact]
    public async Task An_exception_is_an_empty_500_and_in_the_log()
    {
        await using var application = await HostedApplication.StartAsync(_ => throw new InvalidOperationException("secret"));

        var answer = await application.ServeAsync(Get);

        Assert.Equal((500, ""), (answer.StatusCode, answer.Body));
        Assert.Equal(1, application.Log.Count("Unknown error responding to request"));
    }

    [Theory]
    [InlineData(false, "an apology")]
    [InlineData(true, "half of an answer")]
    public async Task An_exception_handler_answers_unless_the_response_was_started_on_purpose(bool started, string body)
    {
        await using var application = await HostedApplication.StartAsync(
            async http =>
            {
                if (started)
                    await http.Response.StartAsync();
                await http.Response.Body.WriteAsync("half of an answer"u8.ToArray());
                throw new InvalidOperationException();
            },
            app => app.UseExceptionHandler(failed => failed.Run(http => http.Response.WriteAsync("an apology"))));

        var answer = await application.ServeAsync(Get);

        Assert.Equal((500, body), (answer.StatusCode, answer.Body));
    }

    [Fact]
    public async Task Callbacks_run_once_the_pipeline_is_done_and_the_first_may_still_set_headers()
    {
        var order = new List<string>();
        var answer = await HostedApplication.ServeAsync(Get, async http =>
        {
            http.Response.OnCompleted(() => { order.Add("completed"); return Task.CompletedTask; });
            http.Response.OnStarting(() => { order.Add("starting"); http.Response.Headers["X-Late"] = "yes"; return Task.CompletedTask; });
            await http.Response.WriteAsync("body");
            order.Add("handled");
        });

        Assert.Equal(["handled", "starting", "completed"], order);
        Assert.Equal(("yes", "body"), (answer["X-Late"], answer.Body));
    }

    [Fact]
    public async Task A_file_is_sent_in_part()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "0123456789");
            Assert.Equal("345", (await HostedApplication.ServeAsync(Get, http => http.Response.SendFileAsync(file, 3, 3))).Body);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Each_request_has_services_of_its_own_and_what_lambda_says_among_its_items()
    {
        var scopes = new List<IServiceProvider>();
        var context = new object[2];
        await using var application = await HostedApplication.StartAsync(http =>
        {
            scopes.Add(http.RequestServices);
            (context[0], context[1]) = (http.Items["LambdaContext"]!, http.Items["LambdaRequestObject"]!);
            return Task.CompletedTask;
        });
        var invocation = new IdleContext();

        await application.ServeAsync(Get, invocation);
        await application.ServeAsync(Get, invocation);

        Assert.NotSame(scopes[0], scopes[1]);
        Assert.Throws<ObjectDisposedException>(() => scopes[0].GetService<IServiceScopeFactory>());
        Assert.Same(invocation, context[0]);
        Assert.IsType<APIGatewayHttpApiV2ProxyRequest>(context[1]);
    }
}
