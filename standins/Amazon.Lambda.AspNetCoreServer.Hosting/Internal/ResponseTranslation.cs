using System.Collections.Frozen;
using System.Text;
using Amazon.Lambda.APIGatewayEvents;

namespace Amazon.Lambda.AspNetCoreServer.Hosting.Internal;

/// <summary>A response as the answer that API Gateway reads. A body is text unless its encoding or its type is known to be binary.</summary>
internal static class ResponseTranslation
{
    private static readonly FrozenSet<string> BinaryEncodings = FrozenSet.Create("gzip", "deflate", "br");

    private static readonly FrozenSet<string> BinaryTypes = FrozenSet.Create(
        "application/octet-stream", "application/pdf", "application/wasm", "application/x-protobuf", "application/zip",
        "image/gif", "image/jpeg", "image/jpg", "image/png", "image/x-icon");

    public static APIGatewayHttpApiV2ProxyResponse ToAnswer(ResponseFeature response)
    {
        var answer = new APIGatewayHttpApiV2ProxyResponse
        {
            StatusCode = response.StatusCode == 0 ? 200 : response.StatusCode,
            Headers = new Dictionary<string, string>(),
        };
        foreach (var (name, values) in response.Headers)
        {
            if (name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
                answer.Cookies = values.ToArray()!;
            else
                answer.Headers[name] = string.Join(",", values.ToArray());
        }
        var type = response.Headers.ContentType.ToString();
        if (type.Length == 0)
            answer.Headers["Content-Type"] = null!;
        var body = ToArray(response.Body);
        answer.IsBase64Encoded = IsBinary(response.Headers.ContentEncoding.ToString(), type);
        answer.Body = answer.IsBase64Encoded ? Convert.ToBase64String(body) : Encoding.UTF8.GetString(body);
        return answer;
    }

    private static bool IsBinary(string encoding, string type) =>
        BinaryEncodings.Contains(encoding) || BinaryTypes.Contains(type.Split(';')[0].Trim());

    private static byte[] ToArray(Stream body)
    {
        if (body is MemoryStream memory)
            return memory.ToArray();
        using var copy = new MemoryStream();
        body.Position = 0;
        body.CopyTo(copy);
        return copy.ToArray();
    }
}
