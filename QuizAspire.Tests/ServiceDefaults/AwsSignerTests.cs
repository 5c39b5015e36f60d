using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Amazon.Runtime;
using QuizAspire.ServiceDefaults.Telemetry;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.ServiceDefaults;

public sealed class AwsSignerTests
{
    private static readonly Uri XRay = new("https://xray.us-west-1.amazonaws.com/v1/traces");
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("spans");

    /// <summary>What botocore computes for the same request at the same time.</summary>
    [Theory]
    [InlineData(null, "c57fbbe4bbcc169a4fbfc34495cdcdefc34db38ac246bd018b9a2cddc4fa84d2")]
    [InlineData("session", "789ad1910cb0862418324078641514b2ca48c507ce43262c74f0048772e83681")]
    public void The_signature_is_the_one_of_a_known_vector(string? token, string signature)
    {
        using var request = Sign(XRay, token);

        Assert.Equal("AWS4-HMAC-SHA256", request.Headers.Authorization!.Scheme);
        Assert.EndsWith($"Signature={signature}", request.Headers.Authorization.Parameter, StringComparison.Ordinal);
        Assert.StartsWith("Credential=AKID/20261121/us-west-1/xray/aws4_request,", request.Headers.Authorization.Parameter, StringComparison.Ordinal);
        Assert.Equal(["20261121T120000Z"], request.Headers.GetValues("x-amz-date"));
        Assert.Equal(token, request.Headers.TryGetValues("x-amz-security-token", out var tokens) ? tokens.Single() : null);
    }

    [BotoFact]
    public async Task The_signature_is_botocores()
    {
        using var request = Sign(new Uri("https://logs.eu-central-1.amazonaws.com/v1/logs?b=2&a=1"), "session", "logs", "eu-central-1");

        var theirs = await BotocoreAsync(request, "logs", "eu-central-1");

        Assert.Equal(theirs, request.Headers.Authorization!.ToString());
    }

    [Theory]
    [InlineData("https://xray.us-west-1.amazonaws.com/v1/traces", true)]
    [InlineData("https://monitoring.cn-north-1.amazonaws.com.cn/v1/metrics", true)]
    [InlineData("https://collector.example/v1/traces", false)]
    [InlineData("https://amazonaws.com.example/v1/traces", false)]
    [InlineData("https://notamazonaws.com/v1/traces", false)]
    [InlineData("http://127.0.0.1:4318/v1/traces", false)]
    [InlineData("https://MONITORING.EU-WEST-1.AMAZONAWS.COM/v1/metrics", true)]
    [InlineData("http://xray.us-west-1.amazonaws.com/v1/traces", false)]
    [InlineData("https://collector-1234.us-west-1.elb.amazonaws.com/v1/traces", false)]
    [InlineData("https://ec2-192-0-2-1.compute-1.amazonaws.com/v1/traces", false)]
    [InlineData("https://bucket.s3.us-west-1.amazonaws.com/v1/traces", false)]
    [InlineData("https://xray.s3.amazonaws.com/v1/traces", false)]
    public void Only_what_goes_to_AWS_is_signed(string endpoint, bool isSigned) =>
        Assert.Equal(isSigned, AwsSigner.For(new Uri(endpoint), TimeProvider.System) is not null);

    private static HttpRequestMessage Sign(Uri url, string? token, string service = "xray", string region = "us-west-1")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        var time = new ManualTime(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        new AwsSigner(service, region, () => new ImmutableCredentials("AKID", "SECRET", token), time).Sign(request);
        return request;
    }

    private static async Task<string> BotocoreAsync(HttpRequestMessage request, string service, string region)
    {
        var headers = request.Headers.Where(header => header.Key != "Authorization")
            .Append(new("content-type", request.Content!.Headers.ContentType!.ToString().Split('\n')))
            .Select(header => $"request.headers['{header.Key}'] = '{header.Value.Single()}'");
        // The time is the request's own; botocore reads it off its context.
        var script = $"""
            from botocore.auth import SigV4Auth
            from botocore.awsrequest import AWSRequest
            from botocore.credentials import Credentials
            request = AWSRequest(method='POST', url='{request.RequestUri}', data=b'{Encoding.UTF8.GetString(Body)}')
            {string.Join('\n', headers)}
            request.context['timestamp'] = '{request.Headers.GetValues("x-amz-date").Single()}'
            auth = SigV4Auth(Credentials('AKID', 'SECRET', 'session'), '{service}', '{region}')
            text = auth.canonical_request(request)
            signature = auth.signature(auth.string_to_sign(request, text), request)
            signed = auth.signed_headers(auth.headers_to_sign(request))
            print(f'AWS4-HMAC-SHA256 Credential=' + auth.scope(request) + ', SignedHeaders=' + signed + ', Signature=' + signature, end='')
            """;
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", script]) { RedirectStandardOutput = true })!;
        var printed = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return printed;
    }
}
