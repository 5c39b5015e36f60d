using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using QuizAspire.AppHost.Monitoring.Schedules.Running;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Tests.Schedules;

/// <summary>What the answers of Lambda's Invoke API mean for a schedule.</summary>
public sealed class LambdaInvokerTests
{
    [Fact]
    public async Task The_event_is_posted_to_the_function_for_asynchronous_invocation()
    {
        var service = new Service((HttpStatusCode)202, "");

        var answer = await service.InvokeAsync("my function", """{"a":1}""");

        Assert.Equal(InvokeAnswer.Accepted("id-1"), answer);
        Assert.Equal("POST http://127.0.0.1:9/2015-03-31/functions/my%20function/invocations", service.Request);
        Assert.Equal("Event", service.InvocationType);
        Assert.Equal("""{"a":1}""", service.Body);
    }

    [Fact]
    public async Task The_trace_goes_along_and_without_one_nothing_does()
    {
        var service = new Service((HttpStatusCode)202, "");

        await service.InvokeAsync("f", "{}");
        Assert.Null(service.TraceHeader);
        using var span = new Activity("invoke").SetIdFormat(ActivityIdFormat.W3C).Start();
        await service.InvokeAsync("f", "{}");

        Assert.Equal(span.Context.SpanId, XRayTrace.Parse(service.TraceHeader)?.SpanId);
        Assert.Equal(span.Context.TraceId, XRayTrace.Parse(service.TraceHeader)?.TraceId);
    }

    [Theory]
    [InlineData(500, "ServiceException", true)]
    [InlineData(502, "EC2ThrottledException", true)]
    [InlineData(503, "", true)]
    [InlineData(429, "TooManyRequestsException", true)]
    [InlineData(408, "", true)]
    [InlineData(400, "InvalidRequestContentException", false)]
    [InlineData(403, "AccessDeniedException", false)]
    [InlineData(404, "ResourceNotFoundException:http://internal/", false)]
    [InlineData(413, "RequestTooLargeException", false)]
    [InlineData(301, "", false)]
    public async Task Only_what_may_pass_is_worth_another_attempt(int status, string type, bool again)
    {
        var answer = await new Service((HttpStatusCode)status, type, """{"Type":"User","Message":"said by Lambda"}""").InvokeAsync("f", "{}");

        var outcome = again ? InvokeOutcome.FailedForNow : InvokeOutcome.Refused;
        Assert.Equal(new InvokeAnswer(outcome, type.Length > 0 ? type.Split(':')[0] : $"HTTP{status}", "said by Lambda"), answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"Message":7}""")]
    [InlineData("""{"Message":""}""")]
    public async Task An_error_without_a_message_has_its_status(string body) =>
        Assert.Equal("HTTP 500", (await new Service(HttpStatusCode.InternalServerError, "", body).InvokeAsync("f", "{}")).Message);

    [Fact]
    public async Task Nobody_there_is_worth_another_attempt()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        using var http = new HttpClient();

        var answer = await new LambdaInvoker(http, () => new Uri($"http://127.0.0.1:{port}"), TimeSpan.FromSeconds(10))
            .InvokeAsync("f", "{}", default);

        Assert.Equal((InvokeOutcome.FailedForNow, "ConnectionError"), (answer.Outcome, answer.Code));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_worth_another_attempt()
    {
        var answer = await new Service(null, "").InvokeAsync("f", "{}", TimeSpan.FromMilliseconds(50));

        Assert.Equal((InvokeOutcome.FailedForNow, "Timeout"), (answer.Outcome, answer.Code));
    }

    [Fact]
    public async Task The_end_of_the_application_is_no_answer()
    {
        using var ending = new CancellationTokenSource();
        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Service(null, "").InvokeAsync("f", "{}", cancellation: ending.Token));
    }

    /// <param name="status">Null: it never answers.</param>
    private sealed class Service(HttpStatusCode? status, string errorType, string body = "") : HttpMessageHandler
    {
        public string? Request { get; private set; }

        public string? InvocationType { get; private set; }

        public string? TraceHeader { get; private set; }

        public string? Body { get; private set; }

        public async Task<InvokeAnswer> InvokeAsync(
            string function, string payload, TimeSpan? limit = null, CancellationToken cancellation = default)
        {
            using var http = new HttpClient(this, disposeHandler: false);
            return await new LambdaInvoker(http, () => new Uri("http://127.0.0.1:9"), limit ?? TimeSpan.FromSeconds(10))
                .InvokeAsync(function, payload, cancellation);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Request = $"{request.Method} {request.RequestUri!.AbsoluteUri}";
            TraceHeader = request.Headers.TryGetValues("X-Amzn-Trace-Id", out var trace) ? trace.Single() : null;
            InvocationType = request.Headers.GetValues("X-Amz-Invocation-Type").Single();
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            if (status is null)
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            var response = new HttpResponseMessage(status!.Value) { Content = new StringContent(body) };
            response.Headers.Add("x-amzn-RequestId", "id-1");
            if (errorType.Length > 0)
                response.Headers.TryAddWithoutValidation("x-amzn-ErrorType", errorType);
            return response;
        }
    }
}
