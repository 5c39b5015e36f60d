using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.Primitives;

namespace Amazon.Lambda.AspNetCoreServer.Hosting.Internal;

/// <summary>
/// An event as the features of a request. What the real package leaves out is left out here, so that an application notices the same things:
/// the protocol is null, no request is ever aborted, and the server has no limit for a body.
/// </summary>
internal static class RequestTranslation
{
    public static FeatureCollection ToFeatures(APIGatewayHttpApiV2ProxyRequest request)
    {
        var features = new FeatureCollection();
        var http = ToRequest(request);
        features.Set<IHttpRequestFeature>(http);
        features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(http));
        features.Set<IHttpConnectionFeature>(ToConnection(request));
        features.Set<IHttpRequestIdentifierFeature>(new RequestIdentifier());
        features.Set<IHttpActivityFeature>(new ActivityOfRequest());
        if (request.RequestContext.Authorizer is { } authorizer)
            features.Set<IHttpAuthenticationFeature>(new HttpAuthenticationFeature { User = ToUser(authorizer) });
        return features;
    }

    private static HttpRequestFeature ToRequest(APIGatewayHttpApiV2ProxyRequest request)
    {
        var query = string.IsNullOrEmpty(request.RawQueryString) ? null : "?" + request.RawQueryString;
        var (pathBase, path) = SplitStage(Decode(request.RequestContext.Http.Path), request.RequestContext.Stage);
        var feature = new HttpRequestFeature
        {
            Protocol = null!,
            Scheme = "https",
            Method = request.RequestContext.Http.Method,
            PathBase = pathBase!,
            Path = path,
            QueryString = query!,
            RawTarget = request.RawPath + query,
            Body = string.IsNullOrEmpty(request.Body)
                ? new MemoryStream()
                : new MemoryStream(request.IsBase64Encoded ? Convert.FromBase64String(request.Body) : Encoding.UTF8.GetBytes(request.Body)),
        };
        foreach (var (name, value) in request.Headers ?? new Dictionary<string, string>())
            feature.Headers[name] = new StringValues(value?.Split(','));
        if (!feature.Headers.ContainsKey("Host"))
            feature.Headers.Host = request.RequestContext.DomainName;
        if (request.Cookies is not null)
            feature.Headers.Cookie = string.Join("; ", request.Cookies);
        if (!feature.Headers.ContainsKey("Content-Length"))
            feature.Headers["Content-Length"] = feature.Body.Length.ToString(CultureInfo.InvariantCulture);
        return feature;
    }

    // A plus sign in a path is itself, and an encoded slash stays encoded, as Kestrel has it.
    private static string Decode(string path)
    {
        var decoded = WebUtility.UrlDecode(path
            .Replace("+", "%2B", StringComparison.Ordinal)
            .Replace("%2F", "%252F", StringComparison.Ordinal)
            .Replace("%2f", "%252f", StringComparison.Ordinal));
        return decoded.StartsWith('/') ? decoded : "/" + decoded;
    }

    private static (string? PathBase, string Path) SplitStage(string path, string? stage) =>
        !string.IsNullOrWhiteSpace(stage) && path.StartsWith($"/{stage}", StringComparison.Ordinal)
            ? ($"/{stage}", path[(stage.Length + 1)..])
            : (null, path);

    private static HttpConnectionFeature ToConnection(APIGatewayHttpApiV2ProxyRequest request) => new()
    {
        ConnectionId = null!,
        RemoteIpAddress = IPAddress.TryParse(request.RequestContext.Http.SourceIp, out var address) ? address : null,
    };

    private static ClaimsPrincipal ToUser(APIGatewayHttpApiV2ProxyRequest.AuthorizerDescription authorizer) =>
        new(new ClaimsIdentity(authorizer.Jwt?.Claims?.Select(claim => new Claim(claim.Key, claim.Value)), "AuthorizerIdentity"));

    private sealed class BodyDetection(HttpRequestFeature request) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => request.Body.Length > 0;
    }

    /// <summary>The X-Ray trace of the invocation, where there is one.</summary>
    private sealed class RequestIdentifier : IHttpRequestIdentifierFeature
    {
        private string? _identifier;

        public string TraceIdentifier
        {
            get
            {
                if (_identifier is null && Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID") is { Length: > 0 } traceId)
                    return traceId;
                return _identifier ??= new HttpRequestIdentifierFeature().TraceIdentifier;
            }
            set => _identifier = value;
        }
    }

    private sealed class ActivityOfRequest : IHttpActivityFeature
    {
        public Activity Activity { get; set; } = null!;
    }
}
