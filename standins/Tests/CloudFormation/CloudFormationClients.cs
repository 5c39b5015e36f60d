using Amazon.CloudFormation;
using Amazon.Runtime;

namespace Standins.Tests.CloudFormation;

internal static class CloudFormationClients
{
    public const string Stack = "arn:aws:cloudformation:us-west-1:123456789012:stack/quiz/1";

    /// <param name="url">The endpoint.</param>
    /// <param name="configure">Timeouts and retries of the test; without, the client's defaults but for one retry.</param>
    public static AmazonCloudFormationClient For(string url, Action<AmazonCloudFormationConfig>? configure = null)
    {
        var config = new AmazonCloudFormationConfig { ServiceURL = url, AuthenticationRegion = "us-west-1", MaxErrorRetry = 1 };
        configure?.Invoke(config);
        return new AmazonCloudFormationClient(new BasicAWSCredentials("access", "secret"), config);
    }

    public static Task<StubServer> AnsweringAsync(string operation, string result) =>
        StubServer.StartAsync((context, _) => StubServer.WriteXmlAsync(context, 200, Answer(operation, result)));

    public static Task<StubServer> FailingAsync(int status, string body) =>
        StubServer.StartAsync((context, _) => StubServer.WriteXmlAsync(context, status, body));

    public static string Answer(string operation, string result) =>
        $"""
        <{operation}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
          <{operation}Result>{result}</{operation}Result>
          <ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>
        </{operation}Response>
        """;

    public static string Error(string code, string message, string type = "Sender") =>
        $"""
        <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
          <Error><Type>{type}</Type><Code>{code}</Code><Message>{message}</Message></Error>
          <RequestId>request-1</RequestId>
        </ErrorResponse>
        """;
}
