namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>A request as an API Gateway HTTP API hands it to a function, in payload format 2.0.</summary>
public class APIGatewayHttpApiV2ProxyRequest
{
    public string Version { get; set; }

    public string RouteKey { get; set; }

    public string RawPath { get; set; }

    /// <summary>Without the question mark.</summary>
    public string RawQueryString { get; set; }

    /// <summary>Each as <c>name=value</c>; they are not among the headers.</summary>
    public string[] Cookies { get; set; }

    /// <summary>Names in lower case; the values of a header that came more than once are joined by commas.</summary>
    public IDictionary<string, string> Headers { get; set; }

    public ProxyRequestContext RequestContext { get; set; }

    public string Body { get; set; }

    public bool IsBase64Encoded { get; set; }

    public class ProxyRequestContext
    {
        public AuthorizerDescription Authorizer { get; set; }

        public string DomainName { get; set; }

        public HttpDescription Http { get; set; }

        public string RequestId { get; set; }

        /// <summary><c>$default</c>, or a name that is also the first segment of the path.</summary>
        public string Stage { get; set; }
    }

    public class HttpDescription
    {
        public string Method { get; set; }

        public string Path { get; set; }

        public string Protocol { get; set; }

        public string SourceIp { get; set; }

        public string UserAgent { get; set; }
    }

    /// <summary>Who calls, when the route has an authorizer; without members for one that is not a JWT's.</summary>
    public class AuthorizerDescription
    {
        public JwtDescription Jwt { get; set; }

        public class JwtDescription
        {
            public IDictionary<string, string> Claims { get; set; }

            public string[] Scopes { get; set; }
        }
    }
}
