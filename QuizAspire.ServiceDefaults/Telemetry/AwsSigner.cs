using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Internal.Auth;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Signs exports for AWS's own collectors (Signature Version 4), <c>https://xray.REGION.amazonaws.com/v1/traces</c> and its like: service and region are
/// the host's first two labels. Load balancers, instances and buckets have names under the same domain, and they are anybody's.
/// </summary>
internal sealed class AwsSigner(string service, string region, Func<ImmutableCredentials> credentials, TimeProvider time) : IRequestSigner
{
    /// <summary>Null for what is not one of AWS's collectors, or is asked without TLS.</summary>
    public static AwsSigner? For(Uri endpoint, TimeProvider time) =>
        endpoint.Scheme == Uri.UriSchemeHttps
        // A URI's host is in lower case.
        && endpoint.Host.Split('.') is [("xray" or "monitoring" or "logs") and var service, var region, "amazonaws", "com", .. ([] or ["cn"])]
        && region.Contains('-', StringComparison.Ordinal)
            ? new AwsSigner(service, region, new DefaultCredentials().Get, time)
            : null;

    public void Sign(HttpRequestMessage request)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var identity = credentials();
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = request.Content!.Headers.ContentType!.ToString(),
            ["host"] = request.RequestUri!.Authority,
            ["x-amz-content-sha256"] = Convert.ToHexStringLower(SHA256.HashData(request.Content.ReadAsStream())),
            ["x-amz-date"] = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        };
        if (identity.UseToken)
            headers["x-amz-security-token"] = identity.Token;

        var signedHeaders = string.Join(';', headers.Keys);
        var canonical = string.Join(
            '\n',
            [
                request.Method.Method, PathOf(request.RequestUri), QueryOf(request.RequestUri),
                .. headers.Select(header => $"{header.Key}:{header.Value}"), "", signedHeaders, headers["x-amz-content-sha256"],
            ]);
        var signature = AWS4Signer.ComputeSignature(identity, region, now, service, signedHeaders, canonical);

        foreach (var (name, value) in headers.Where(header => header.Key.StartsWith("x-amz-", StringComparison.Ordinal)))
            request.Headers.TryAddWithoutValidation(name, value);

        // Not as HTTP would have it, so the framework cannot parse it.
        var authorization = signature.ForAuthorizationHeader.Split(' ', 2);
        request.Headers.Authorization = new AuthenticationHeaderValue(authorization[0], authorization[1]);
    }

    /// <summary>What a path already has encoded is encoded once more, as every service but S3 wants it.</summary>
    private static string PathOf(Uri url) => string.Join('/', url.AbsolutePath.Split('/').Select(Uri.EscapeDataString));

    private static string QueryOf(Uri url) => string.Join(
        '&',
        url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=")
            .Order(StringComparer.Ordinal));

    /// <summary>Found where the SDK's clients find theirs, when they are first needed; they renew themselves.</summary>
    private sealed class DefaultCredentials
    {
        private AWSCredentials? _credentials;

        public ImmutableCredentials Get() => (_credentials ??= DefaultAWSCredentialsIdentityResolver.GetCredentials()).GetCredentials();
    }
}
