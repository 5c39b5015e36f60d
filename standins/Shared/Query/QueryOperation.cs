using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Standins.Query;

/// <summary>How one operation looks on the wire (AWS query protocol): a form with the request's members, XML with the answer's.</summary>
/// <param name="read">Takes what the answer's result element holds; null where the service answers with nothing.</param>
internal sealed class QueryOperation<TRequest, TResponse>(
    QueryService service, string action, Action<QueryWriter, TRequest> write, Action<QueryResult, TResponse> read)
    : XmlResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    public InvokeOptions ToInvokeOptions() => new() { RequestMarshaller = this, ResponseUnmarshaller = this };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        // Without content of its own a POST is sent as a form of its parameters, which the runtime encodes and signs.
        var request = new DefaultRequest(input, service.Name) { HttpMethod = "POST", ResourcePath = "/" };
        request.Parameters["Action"] = action;
        request.Parameters["Version"] = service.Version;
        write(new QueryWriter(request.Parameters), (TRequest)input);
        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        var response = new TResponse();
        var answer = new QueryResult(XDocument.Load(context.Stream).Root);
        if (answer.Child("ResponseMetadata")?.Text("RequestId") is { } requestId)
        {
            response.ResponseMetadata = new ResponseMetadata { RequestId = requestId };
        }

        if (read is not null && answer.Child(action + "Result") is { } result)
        {
            read(result, response);
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        QueryResult answer;
        try
        {
            answer = new QueryResult(XDocument.Load(context.Stream).Root);
        }
        catch (XmlException)
        {
            // A proxy's page, or nothing at all.
            return service.ErrorOf(null)($"HTTP {(int)statusCode} without an error that could be read", innerException, ErrorType.Unknown,
                statusCode.ToString(), null, statusCode);
        }

        // <ErrorResponse><Error/><RequestId/></ErrorResponse>; some endpoints leave the outer element out.
        var error = answer.Child("Error") ?? answer;
        var code = error.Text("Code");
        var type = Enum.TryParse<ErrorType>(error.Text("Type"), ignoreCase: true, out var parsed) ? parsed : ErrorType.Unknown;
        return service.ErrorOf(code)(
            error.Text("Message"), innerException, type, code, answer.Text("RequestId") ?? answer.Text("RequestID"), statusCode);
    }
}
