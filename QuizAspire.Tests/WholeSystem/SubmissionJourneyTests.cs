using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;
using Aspire.Hosting.Testing;
using QuizAspire.AppHost;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

[Collection(nameof(SharedSystem))]
public sealed class SubmissionJourneyTests(QuizSystem system) : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task A_submission_posted_over_HTTP_is_scored_and_its_result_read_back()
    {
        await system.StoreQuiz("journey-http", questions: 3);

        var path = await system.Submit(QuizSystem.Submission("ada", "journey-http", questions: 3, right: 2), _deadline.Token);
        var result = await system.Result(path, _deadline.Token);

        Assert.Equal("completed", (string?)result["status"]);
        Assert.Equal(66.67m, (decimal)result["score"]!);
        Assert.Equal(3, (int)result["total_questions"]!);
        Assert.Equal("ada", (string?)result["student_id"]);
        Assert.Equal("journey-http", (string?)result["quiz_id"]);
    }

    [Fact]
    public async Task The_seeds_message_sent_straight_to_the_queue_is_scored_and_stored()
    {
        using var sqs = system.Sqs();
        var queue = (await sqs.GetQueueUrlAsync("quiz-submissions.fifo", _deadline.Token)).QueueUrl;

        await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = queue, MessageGroupId = "grace", MessageBody = SeedMessage("grace") }, _deadline.Token);

        AssertScoredAsTheSeedMeantIt(await StoredItem("grace"));
    }

    [BotoFact]
    public async Task The_seeds_message_sent_with_boto3_is_scored_and_stored()
    {
        const string script = """
            import boto3, sys
            sqs = boto3.client("sqs", endpoint_url=sys.argv[1], region_name="us-west-1", aws_access_key_id="x", aws_secret_access_key="x")
            url = sqs.get_queue_url(QueueName="quiz-submissions.fifo")["QueueUrl"]
            sqs.send_message(QueueUrl=url, MessageGroupId="joan", MessageBody=sys.argv[2])
            """;
        using var python = Process.Start(new ProcessStartInfo(
            "python3", ["-c", script, system.App.GetEndpoint(ResourceNames.SqsSnsS3).ToString(), SeedMessage("joan")]) { RedirectStandardError = true })!;
        var error = await python.StandardError.ReadToEndAsync(_deadline.Token);
        await python.WaitForExitAsync(_deadline.Token);
        Assert.True(python.ExitCode == 0, error);

        AssertScoredAsTheSeedMeantIt(await StoredItem("joan"));
    }

    [Fact]
    public async Task Many_students_at_once_get_their_own_right_scores_and_none_is_lost_or_doubled()
    {
        await system.StoreQuiz("journey-load", questions: 10);
        const int students = 200;

        var paths = new string[students];
        await Parallel.ForAsync(0, students, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = _deadline.Token }, async (number, cancellation) =>
            paths[number] = await system.Submit(QuizSystem.Submission($"student-{number}", "journey-load", questions: 10, right: number % 11), cancellation));

        await Parallel.ForAsync(0, students, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = _deadline.Token }, async (number, cancellation) =>
        {
            var result = await system.Result(paths[number], cancellation);
            Assert.Equal(number % 11 * 10m, (decimal)result["score"]!);
            Assert.Single(await system.Results($"student-{number}", cancellation));
        });
    }

    [Fact]
    public async Task One_students_submissions_keep_their_order_in_the_results()
    {
        await system.StoreQuiz("journey-order", questions: 10);
        for (var right = 0; right <= 10; right++)
            await system.Submit(QuizSystem.Submission("orderly", "journey-order", questions: 10, right), _deadline.Token);

        await Eventually.BecomesTrueAsync(async () => (await system.Results("orderly", _deadline.Token)).Count == 11, "all eleven are scored");

        var results = await system.Results("orderly", _deadline.Token);
        var scores = results.OrderBy(result => (string?)result["submitted_at"], StringComparer.Ordinal).Select(result => (decimal)result["score"]!);
        Assert.Equal(Enumerable.Range(0, 11).Select(right => right * 10m), scores);
    }

    [Fact]
    public async Task The_answer_key_is_in_no_answer_that_a_student_can_ask_for()
    {
        await system.StoreQuiz("journey-key", questions: 2);

        var quiz = await system.Api.GetStringAsync("/quizzes/journey-key", _deadline.Token);
        var list = await system.Api.GetStringAsync("/quizzes?limit=100", _deadline.Token);

        Assert.Contains("Question 2?", quiz, StringComparison.Ordinal);
        Assert.Contains("journey-key", list, StringComparison.Ordinal);
        Assert.DoesNotContain("correct_answer", quiz + list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_that_queue_and_tables_are_reachable()
    {
        using var response = await system.Api.GetAsync("/health", _deadline.Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string SeedMessage(string studentId) =>
        $$$"""{"student_id":"{{{studentId}}}","quiz_id":"seed","answers":{"q1":"A","q2":"C"},"correct_answers":{"q1":"A","q2":"B"}}""";

    private async Task<Dictionary<string, AttributeValue>> StoredItem(string studentId)
    {
        using var dynamoDb = system.DynamoDb();
        List<Dictionary<string, AttributeValue>> items = [];
        await Eventually.BecomesTrueAsync(async () =>
        {
            var query = await dynamoDb.QueryAsync(new QueryRequest
            {
                TableName = "quiz-results",
                KeyConditionExpression = "student_id = :student",
                ExpressionAttributeValues = new() { [":student"] = new AttributeValue(studentId) },
                ConsistentRead = true,
            }, _deadline.Token);
            items = query.Items;
            return items.Count > 0;
        }, $"an item of {studentId} is stored");
        return Assert.Single(items);
    }

    private static void AssertScoredAsTheSeedMeantIt(Dictionary<string, AttributeValue> item)
    {
        Assert.Equal("completed", item["status"].S);
        Assert.Equal(50m, decimal.Parse(item["score"].N, CultureInfo.InvariantCulture));
        Assert.Equal("2", item["total_questions"].N);
        Assert.Equal("seed", item["quiz_id"].S);
        Assert.Equal(("A", "C"), (item["answers"].M["q1"].S, item["answers"].M["q2"].S));
    }
}

/// <summary>One running system for the journeys that do not break it.</summary>
[CollectionDefinition(nameof(SharedSystem))]
public sealed class SharedSystem : ICollectionFixture<QuizSystem>;
