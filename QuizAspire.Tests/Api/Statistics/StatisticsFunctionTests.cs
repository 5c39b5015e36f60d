using System.Text;
using Amazon.SQS.Model;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Statistics;

/// <summary>Sheets that come through API Gateway's events, which carry up to 6 MB.</summary>
[Collection(UsesEmulators.Name)]
public sealed class StatisticsFunctionTests(Emulators emulators) : IAsyncLifetime
{
    private ApiFunction _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ApiFunction.CreateAsync(emulators);
        _api.StartSandbox();
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Sheets_are_taken_as_json_as_csv_in_text_and_as_csv_in_base64()
    {
        await TakesAsync(Post().WithText(SheetWorld.Example), SheetWorld.ExampleSheet);
        await TakesAsync(Post().WithText("Quiz1,85\r\nÜbung,76\r\n", "text/csv; charset=utf-8"), "Quiz1,85\r\nÜbung,76\r\n");
        await TakesAsync(Post().WithBytes(Encoding.UTF8.GetBytes("\uFEFFQuiz1,86\n"), "text/csv"), "\uFEFFQuiz1,86\n");
    }

    [Fact]
    public async Task The_largest_body_that_lambda_takes_is_a_sheet()
    {
        var sheet = string.Concat(Enumerable.Repeat("Quiz1,85,76,90,78,88,85,92,90,87\n", 130_000));
        Assert.InRange(sheet.Length, 4_000_000, 4_500_000);

        await TakesAsync(Post().WithBytes(Encoding.UTF8.GetBytes(sheet), "text/csv"), sheet);
    }

    [Theory]
    [InlineData("", "text/csv", 400, "body")]
    [InlineData("Quiz1,85", "text/plain", 415, "Content-Type")]
    public async Task A_refusal_is_problem_details(string body, string contentType, int status, string field)
    {
        var refused = await _api.ServeAsync(Post().WithText(body, contentType));

        Assert.Equal((status, "application/problem+json"), (refused.StatusCode, refused["Content-Type"]));
        Assert.True(refused.BodyJson.GetProperty("errors").TryGetProperty(field, out _));
    }

    private static GatewayEvent Post() => new("POST", "/statistics");

    private async Task TakesAsync(GatewayEvent request, string sheet)
    {
        var accepted = await _api.ServeAsync(request);
        Assert.True(accepted.StatusCode == 202, accepted.Body);

        using var sqs = emulators.Sqs.CreateClient();
        var url = _api.Resources["StatisticsRequestsQueueUrl"];
        var received = Assert.Single((await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { WaitTimeSeconds = 5 })).Messages);
        await sqs.DeleteMessageAsync(url, received.ReceiptHandle);
        var message = StatisticsRequestMessage.Read(received.Body);
        Assert.Equal($"/statistics/{message.StatisticsId}", accepted["Location"]);
        var job = await _api.ServeAsync(new GatewayEvent("GET", accepted["Location"]!));
        Assert.Equal((200, "queued"), (job.StatusCode, job.BodyJson.GetProperty("status").GetString()));
        using var s3 = emulators.Sqs.CreateS3Client();
        using var stored = await s3.GetObjectAsync(_api.Resources["RawScoresBucketName"], message.ObjectKey);
        using var text = new StreamReader(stored.ResponseStream, new UTF8Encoding(), detectEncodingFromByteOrderMarks: false);
        Assert.Equal(sheet, await text.ReadToEndAsync());
    }
}
