using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using QuizAspire.Tests.Support;

namespace Standins.Tests.LambdaHosting;

public class RequestTranslationTests
{
    [Theory]
    [InlineData("/quizzes", "/quizzes", "", "https://id.execute-api.us-west-1.amazonaws.com/quizzes")]
    [InlineData("/", "/", "", "https://id.execute-api.us-west-1.amazonaws.com/")]
    [InlineData("/a%20b/c%2Fd/e+f", "/a b/c%2Fd/e+f", "", "https://id.execute-api.us-west-1.amazonaws.com/a%20b/c%2Fd/e+f")]
    [InlineData("/a/%C3%A4%40:", "/a/ä@:", "", "https://id.execute-api.us-west-1.amazonaws.com/a/%C3%A4@:")]
    [InlineData("/q?limit=2&limit=3&token=a%2Bb%3D+c", "/q", "?limit=2&limit=3&token=a%2Bb%3D+c",
        "https://id.execute-api.us-west-1.amazonaws.com/q?limit=2&limit=3&token=a%2Bb%3D+c")]
    public async Task Path_and_query_are_those_of_the_request_line(string target, string path, string query, string url) => await SeesAsync(
        new GatewayEvent("GET", target),
        request =>
        {
            Assert.Equal((path, query, url), (request.Path.Value, request.QueryString.ToString(), request.GetEncodedUrl()));
            Assert.Equal(target, request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget);
        });

    [Fact]
    public async Task Query_parameters_are_decoded_and_repeated_ones_stay_apart() => await SeesAsync(
        new GatewayEvent("GET", "/q?limit=2&limit=3&token=a%2Bb%3D+c"),
        request => Assert.Equal(("2|3", "a+b= c"), (string.Join('|', request.Query["limit"].ToArray()), request.Query["token"].ToString())));

    [Theory]
    [InlineData("$default", "/quizzes", "", "/quizzes")]
    [InlineData("prod", "/prod/quizzes", "/prod", "/quizzes")]
    [InlineData("prod", "/prod", "/prod", "")]
    [InlineData("prod", "/quizzes", "", "/quizzes")]
    public async Task A_named_stage_in_the_path_becomes_the_base_path(string stage, string target, string pathBase, string path) => await SeesAsync(
        new GatewayEvent("GET", target) { Stage = stage },
        request => Assert.Equal((pathBase, path), (request.PathBase.ToString(), request.Path.ToString())));

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task The_method_is_the_requests_and_the_scheme_is_the_gateways(string method) => await SeesAsync(
        new GatewayEvent(method, "/"), request => Assert.Equal((method, "https", GatewayEvent.Domain), (request.Method, request.Scheme, request.Host.Value)));

    [Fact]
    public async Task The_host_is_the_domain_name_where_no_header_tells_it()
    {
        var request = new GatewayEvent("GET", "/");
        request.Headers.Remove("host");
        await SeesAsync(request, seen => Assert.Equal(GatewayEvent.Domain, seen.Host.Value));
    }

    [Fact]
    public async Task Headers_are_found_in_any_case_and_joined_ones_are_several_values() => await SeesAsync(
        new GatewayEvent("GET", "/").WithHeader("x-single", "one").WithHeader("x-several", "one,two"),
        request =>
        {
            Assert.Equal("one", request.Headers["X-Single"]);
            Assert.Equal("one|two", string.Join('|', request.Headers["X-Several"].ToArray()));
            Assert.Equal("one,two", request.Headers["X-Several"].ToString());
        });

    [Fact]
    public async Task Cookies_are_read_from_the_event_where_they_are_not_among_the_headers() => await SeesAsync(
        new GatewayEvent("GET", "/") { Cookies = ["session=abc", "theme=dark"] },
        request => Assert.Equal(("abc", "dark"), (request.Cookies["session"], request.Cookies["theme"])));

    [Fact]
    public async Task A_text_body_is_utf_8_with_its_type_and_length()
    {
        var body = await BodyOfAsync(new GatewayEvent("POST", "/").WithText("""{"name":"Zoë"}"""), request =>
        {
            Assert.Equal(("application/json", 15L), (request.ContentType, request.ContentLength));
            Assert.True(request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()!.CanHaveBody);
        });
        Assert.Equal("""{"name":"Zoë"}""", Encoding.UTF8.GetString(body));
    }

    [Fact]
    public async Task A_body_in_base64_is_the_bytes_that_were_sent()
    {
        var bytes = RandomNumberGenerator.GetBytes(1000);
        Assert.Equal(bytes, await BodyOfAsync(new GatewayEvent("POST", "/").WithBytes(bytes), request => Assert.Equal(1000, request.ContentLength)));
    }

    [Fact]
    public async Task A_body_of_megabytes_is_read_in_whole_since_the_server_has_no_limit_of_its_own()
    {
        var bytes = RandomNumberGenerator.GetBytes(4_000_000);
        Assert.Equal(bytes, await BodyOfAsync(
            new GatewayEvent("POST", "/").WithBytes(bytes),
            request => Assert.Null(request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>())));
    }

    [Fact]
    public async Task No_body_is_an_empty_one_of_length_zero() => Assert.Empty(await BodyOfAsync(new GatewayEvent("GET", "/"), request =>
    {
        Assert.Equal(0, request.ContentLength);
        Assert.False(request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()!.CanHaveBody);
    }));

    [Fact]
    public async Task The_client_is_who_the_gateway_says() => await SeesAsync(
        new GatewayEvent("GET", "/").WithHeader("x-forwarded-for", "198.51.100.7"),
        request => Assert.Equal(IPAddress.Parse("192.0.2.1"), request.HttpContext.Connection.RemoteIpAddress));

    [Fact]
    public async Task Claims_of_a_jwt_are_the_users() => await SeesAsync(
        new GatewayEvent("GET", "/") { Authorizer = """{"jwt":{"claims":{"sub":"s-1","scope":"quiz"},"scopes":["quiz"]}}""" },
        request => Assert.Equal("s-1", request.HttpContext.User.FindFirst("sub")?.Value));

    [Fact]
    public async Task A_caller_with_iam_credentials_is_a_user_without_claims() => await SeesAsync(
        new GatewayEvent("GET", "/") { Authorizer = """{"iam":{"accessKey":"AKIAEXAMPLE","accountId":"123456789012","cognitoIdentity":null}}""" },
        request =>
        {
            Assert.True(request.HttpContext.User.Identity!.IsAuthenticated);
            Assert.Empty(request.HttpContext.User.Claims);
        });

    [Fact]
    public async Task What_the_real_server_leaves_open_is_open_here() => await SeesAsync(new GatewayEvent("GET", "/"), request =>
    {
        Assert.Null(request.Protocol);
        Assert.False(request.HttpContext.RequestAborted.CanBeCanceled);
    });

    // An assertion that fails inside is an exception of the pipeline, so it is kept and thrown here.
    private static async Task SeesAsync(GatewayEvent request, Action<HttpRequest> see)
    {
        Exception? failure = null;
        var answer = await HostedApplication.ServeAsync(request, http =>
        {
            failure = Record.Exception(() => see(http.Request));
            http.Response.StatusCode = 299;
            return Task.CompletedTask;
        });
        if (failure is not null)
            throw failure;
        Assert.Equal(299, answer.StatusCode);
    }

    private static async Task<byte[]> BodyOfAsync(GatewayEvent request, Action<HttpRequest> see)
    {
        using var body = new MemoryStream();
        Exception? failure = null;
        await HostedApplication.ServeAsync(request, async http =>
        {
            failure = Record.Exception(() => see(http.Request));
            await http.Request.BodyReader.CopyToAsync(body);
        });
        if (failure is not null)
            throw failure;
        return body.ToArray();
    }
}
