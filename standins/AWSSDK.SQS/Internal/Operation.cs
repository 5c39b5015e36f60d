using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.Util;

namespace Amazon.SQS.Internal;

/// <summary>How one operation looks on the wire (AWS JSON 1.0): the request's members as a JSON object, the response's likewise.</summary>
/// <param name="name">The operation's name in the service model.</param>
/// <param name="hasOutput">Whether the response has members. Where it has none the body is empty, which is not JSON, and is not read.</param>
internal sealed class Operation<TRequest, TResponse>(string name, bool hasOutput = true)
    : JsonResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    public InvokeOptions ToInvokeOptions() => new() { RequestMarshaller = this, ResponseUnmarshaller = this };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "Amazon.SQS")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = JsonSerializer.SerializeToUtf8Bytes((TRequest)input, SqsJson.TypeOf<TRequest>()),
        };
        request.Headers["X-Amz-Target"] = "AmazonSQS." + name;
        request.Headers["Content-Type"] = "application/x-amz-json-1.0";
        request.Headers[HeaderKeys.XAmzApiVersion] = "2012-11-05";
        // Asks for the error codes that the older query protocol had, in a header of the answer.
        request.Headers[HeaderKeys.XAmzQueryMode] = "true";
        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext context) =>
        hasOutput ? JsonSerializer.Deserialize(context.Stream, SqsJson.TypeOf<TResponse>()) : new TResponse();

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(context.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(context, ref reader);
        error.InnerException = innerException;
        error.StatusCode = statusCode;
        return SqsErrors.ToException(error, QueryError(context.ResponseData));
    }

    private static string QueryError(IWebResponseData response) =>
        response.IsHeaderPresent(HeaderKeys.XAmzQueryError) ? response.GetHeaderValue(HeaderKeys.XAmzQueryError) : null;
}
