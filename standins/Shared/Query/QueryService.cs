using System.Net;
using Amazon.Runtime;

namespace Amazon.Standins.Query;

/// <summary>From an error answer to the service's exception of that code.</summary>
internal delegate AmazonServiceException QueryErrorConstructor(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode);

/// <summary>What the operations of one service have in common on the wire.</summary>
/// <param name="name">The namespace, by which the runtime knows the service's requests.</param>
/// <param name="version">The version of the service's API, sent with every request.</param>
/// <param name="errors">The service's exceptions by error code.</param>
/// <param name="otherError">The exception for every other code.</param>
internal sealed class QueryService(
    string name, string version, IReadOnlyDictionary<string, QueryErrorConstructor> errors, QueryErrorConstructor otherError)
{
    public string Name => name;

    public string Version => version;

    public QueryErrorConstructor ErrorOf(string code) => code is not null && errors.TryGetValue(code, out var known) ? known : otherError;

    public QueryOperation<TRequest, TResponse> Operation<TRequest, TResponse>(
        string action, Action<QueryWriter, TRequest> write, Action<QueryResult, TResponse> read = null)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        new(this, action, write, read);
}
