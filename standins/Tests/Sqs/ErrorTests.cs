using System.Net;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Standins.Tests.Sqs;

public sealed class ErrorTests
{
    private const string Queue = "http://127.0.0.1:1/123456789012/q.fifo";

    [Theory]
    [InlineData("BatchEntryIdsNotDistinct", typeof(BatchEntryIdsNotDistinctException))]
    [InlineData("BatchRequestTooLong", typeof(BatchRequestTooLongException))]
    [InlineData("EmptyBatchRequest", typeof(EmptyBatchRequestException))]
    [InlineData("InvalidAddress", typeof(InvalidAddressException))]
    [InlineData("InvalidAttributeName", typeof(InvalidAttributeNameException))]
    [InlineData("InvalidAttributeValue", typeof(InvalidAttributeValueException))]
    [InlineData("InvalidBatchEntryId", typeof(InvalidBatchEntryIdException))]
    [InlineData("InvalidIdFormat", typeof(InvalidIdFormatException))]
    [InlineData("InvalidMessageContents", typeof(InvalidMessageContentsException))]
    [InlineData("InvalidSecurity", typeof(InvalidSecurityException))]
    [InlineData("MessageNotInflight", typeof(MessageNotInflightException))]
    [InlineData("OverLimit", typeof(OverLimitException))]
    [InlineData("PurgeQueueInProgress", typeof(PurgeQueueInProgressException))]
    [InlineData("QueueDeletedRecently", typeof(QueueDeletedRecentlyException))]
    [InlineData("QueueDoesNotExist", typeof(QueueDoesNotExistException))]
    [InlineData("QueueNameExists", typeof(QueueNameExistsException))]
    [InlineData("ReceiptHandleIsInvalid", typeof(ReceiptHandleIsInvalidException))]
    [InlineData("ResourceNotFoundException", typeof(ResourceNotFoundException))]
    [InlineData("TooManyEntriesInBatchRequest", typeof(TooManyEntriesInBatchRequestException))]
    [InlineData("UnsupportedOperation", typeof(UnsupportedOperationException))]
    [InlineData("SomethingNew", typeof(AmazonSQSException))]
    public async Task An_error_is_thrown_as_the_exception_of_its_name(string code, Type expected)
    {
        await using var server = await StubServer.FailingAsync(400, $$"""{"__type":"com.amazonaws.sqs#{{code}}","message":"what is wrong"}""");
        using var sqs = SqsClients.For(server.Url);

        var error = await Assert.ThrowsAnyAsync<AmazonSQSException>(() => sqs.DeleteMessageAsync(Queue, "h"));

        Assert.Equal(expected, error.GetType());
        Assert.Equal((code, "what is wrong"), (error.ErrorCode, error.Message));
        Assert.Equal(("request-1", HttpStatusCode.BadRequest), (error.RequestId, error.StatusCode));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_error_code_and_fault_are_those_of_the_query_header_when_there_is_one()
    {
        await using var server = await StubServer.FailingAsync(
            400, """{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"m"}""", "AWS.SimpleQueueService.NonExistentQueue;Sender");
        using var sqs = SqsClients.For(server.Url);

        var error = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => sqs.ReceiveMessageAsync(Queue));

        Assert.Equal(("AWS.SimpleQueueService.NonExistentQueue", ErrorType.Sender), (error.ErrorCode, error.ErrorType));
    }

    [Theory]
    [InlineData(403, "RequestThrottled")]
    [InlineData(400, "ThrottlingException")]
    [InlineData(500, "InternalError")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task Throttling_and_server_faults_are_tried_again(int status, string code)
    {
        await using var server = await StubServer.StartAsync((context, number) => number <= 2
            ? StubServer.WriteAsync(context, status, $$"""{"__type":"com.amazonaws.sqs#{{code}}","message":"m"}""")
            : StubServer.WriteAsync(context, 200, """{"QueueUrl":"found"}"""));
        using var sqs = SqsClients.For(server.Url, config => config.MaxErrorRetry = 2);

        Assert.Equal("found", (await sqs.GetQueueUrlAsync("q")).QueueUrl);

        var attempts = server.Requests.Select(request => request.Headers["amz-sdk-request"].ToString());
        Assert.Equal(["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"], attempts);
        Assert.Single(server.Requests.Select(request => request.Headers["amz-sdk-invocation-id"].ToString()).Distinct());
    }

    [Fact]
    public async Task Throttling_that_goes_on_is_thrown_by_its_name()
    {
        await using var server = await StubServer.FailingAsync(403, """{"__type":"com.amazonaws.sqs#RequestThrottled","message":"m"}""");
        using var sqs = SqsClients.For(server.Url);

        await Assert.ThrowsAsync<RequestThrottledException>(() => sqs.GetQueueUrlAsync("q"));

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_error_page_that_is_no_json_is_an_error_of_its_status()
    {
        await using var server = await StubServer.FailingAsync(502, "<html>bad gateway</html>");
        using var sqs = SqsClients.For(server.Url);

        var error = await Assert.ThrowsAsync<AmazonSQSException>(() => sqs.GetQueueUrlAsync("q"));

        Assert.Equal(HttpStatusCode.BadGateway, error.StatusCode);
    }

    [Fact]
    public async Task An_answer_cut_short_is_an_error_and_not_an_empty_answer()
    {
        await using var server = await StubServer.AnsweringAsync("""{"Messages":[{"Body":"x" """);
        using var sqs = SqsClients.For(server.Url);

        await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => sqs.ReceiveMessageAsync(Queue));
    }

    [Fact]
    public async Task A_call_over_the_client_timeout_fails_and_one_that_is_cancelled_ends()
    {
        await using var server = await StubServer.StartAsync((context, _) => new TaskCompletionSource().Task.WaitAsync(context.RequestAborted));
        using var sqs = SqsClients.For(server.Url, config => (config.Timeout, config.MaxErrorRetry) = (TimeSpan.FromMilliseconds(200), 0));
        await Assert.ThrowsAsync<TimeoutException>(() => sqs.GetQueueUrlAsync("q"));

        using var patient = SqsClients.For(server.Url, config => config.MaxErrorRetry = 0);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patient.GetQueueUrlAsync("q", cancellation.Token));
    }
}
