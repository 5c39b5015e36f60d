using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using QuizAspire.AppHost;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>The system watches itself, and an operator mends what it tells of, with the dashboard's commands.</summary>
public sealed class OperatorTests(OperatorTests.WatchedSystem system) : IClassFixture<OperatorTests.WatchedSystem>, IDisposable
{
    private const int Flood = 15;
    private const string Quiz = "not-stored-yet";
    private const string Queue = "quiz-submissions-fifo";
    private const string DeadLetters = "quiz-submissions-dlq-fifo";
    private const string Alarm = "quiz-submissions-dead-letters";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(5));

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task Flood_of_poison_messages_is_told_mended_and_redriven_and_nothing_is_lost()
    {
        using var sqs = system.Sqs();
        var queue = (await sqs.GetQueueUrlAsync("quiz-submissions.fifo", _deadline.Token)).QueueUrl;
        await Parallel.ForAsync(0, Flood, _deadline.Token, async (number, cancellation) =>
            await sqs.SendMessageAsync(
                new SendMessageRequest(queue, Poison(number)) { MessageGroupId = Student(number), MessageDeduplicationId = Student(number) },
                cancellation));
        // And one as a developer makes it, from the dashboard.
        var injected = await Command(Queue, "inject-poison");
        Assert.Contains($"no quiz '{Quiz}'", injected.Message, StringComparison.Ordinal);

        // Each has a result that says why, and is a dead letter; the alarm tells of them, and so does the health check.
        for (var number = 0; number < Flood; number++)
            await OneResult(Student(number), "failed", result => Assert.Equal("version 1 of the quiz is not stored", (string?)result["reason"]));
        await Becomes(DeadLetters, state => Property(state, "Visible") is Flood + 1);
        await Told($"ALARM: \"{Alarm}\"", message => message.Contains("\"NewStateValue\":\"ALARM\"", StringComparison.Ordinal));
        await Becomes(Alarm, state => state.State?.Text == "ALARM");
        // The scheduled run may have told already.
        await Command(ResourceNames.HealthCheck, "run-health-check");
        await Told("Queue Health Check Alert", message => message.Contains("DLQ", StringComparison.Ordinal));

        // It is not told again while nothing has changed.
        Assert.DoesNotContain("Alert sent", (await Command(ResourceNames.HealthCheck, "run-health-check")).Message, StringComparison.Ordinal);
        var shown = await Command(DeadLetters, "show-dead-letters");
        Assert.Contains("version 1 of the quiz is not stored", shown.Data?.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-answer", shown.Data!.Value, StringComparison.Ordinal);

        // The cause is mended, and everything goes back.
        await system.StoreQuiz(Quiz, questions: 2);
        Assert.True((await Command(DeadLetters, "redrive")).Success);

        for (var number = 0; number < Flood; number++)
            await OneResult(Student(number), "completed", result => Assert.Equal(50m, (decimal)result["score"]!));
        await Becomes(DeadLetters, state => Property(state, CustomResourceKnownProperties.Source) is "empty");
        await Becomes(Queue, state => Property(state, CustomResourceKnownProperties.Source) is "empty");
        await Becomes(Alarm, state => state.State?.Text == "OK");
        await Command(ResourceNames.HealthCheck, "run-health-check");
        await Told("Queue Health Recovered", _ => true);
        await Told("Queue Health Check Alert", _ => true, times: 1);
    }

    [Fact]
    public async Task Schedule_of_the_template_calls_the_health_check_at_its_time()
    {
        var state = await Becomes("quiz-queue-health-check-schedule", state => Property(state, "Runs") is not (null or "0"));

        Assert.Equal("0", Property(state, "Failures"));
        Assert.Contains(ResourceNames.Stack, (string?)Property(state, "resource.parentName"), StringComparison.Ordinal);
        await Eventually.BecomesTrueAsync(
            async () => (await Log(ResourceNames.HealthCheck)).Any(line => line.Contains("queue=", StringComparison.Ordinal)),
            "the health check has logged its run", Patience);
    }

    [Fact]
    public async Task Sample_submissions_are_scored_and_counted_in_the_dashboard()
    {
        Assert.True((await Command(ResourceNames.Api, "send-samples")).Success);

        await OneResult("annie", "completed", result => Assert.Equal("capitals", (string?)result["quiz_id"]));
        await Becomes("quiz-results", state => Property(state, "Items") is >= 8L);
    }

    [Fact]
    public async Task Sample_score_sheet_is_counted_and_told()
    {
        Assert.Contains("/statistics/", (await Command(ResourceNames.Api, "send-score-sheet")).Message, StringComparison.Ordinal);

        await Told("Quiz statistics: 3 quizzes", message => message.Contains("1 rejected", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Purge_empties_a_dead_letter_queue()
    {
        using var sqs = system.Sqs();
        var queue = (await sqs.GetQueueUrlAsync("statistics-requests-dlq", _deadline.Token)).QueueUrl;
        await sqs.SendMessageAsync(queue, "{}", _deadline.Token);
        var state = await Becomes("statistics-requests-dlq", state => Property(state, "Visible") is 1);
        Assert.Equal(KnownResourceStateStyles.Warn, state.State?.Style);
        var purge = state.Commands.Single(command => command.Name == "purge");
        Assert.Contains("statistics-requests-dlq", purge.ConfirmationMessage, StringComparison.Ordinal);

        Assert.Equal("1 dead letters deleted.", (await Command("statistics-requests-dlq", "purge")).Message);

        state = await Becomes("statistics-requests-dlq", state => Property(state, "Visible") is 0);
        Assert.Equal(ResourceCommandState.Disabled, state.Commands.Single(command => command.Name == "purge").State);
    }

    [Fact]
    public async Task Command_that_the_API_refuses_says_the_title_of_the_problem()
    {
        var stopped = await system.App.ResourceCommands.ExecuteCommandAsync(DeadLetters, "stop-redrive", _deadline.Token);

        Assert.False(stopped.Success);
        Assert.StartsWith("Conflict: ", stopped.Message, StringComparison.Ordinal);
    }

    /// <summary>In the three ways that a submission may have come: through the API, with an id of its sender's, and as the seed sent it.</summary>
    private static string Poison(int number)
    {
        var answers = new JsonObject { ["q1"] = "a", ["q2"] = "secret-answer" };
        var message = new JsonObject { ["student_id"] = Student(number), ["quiz_id"] = Quiz, ["quiz_version"] = 1, ["answers"] = answers };
        var now = TimeProvider.System.GetUtcNow();
        if (number % 3 == 0)
            message["submission_id"] = SubmissionId.Create(now, Student(number), Quiz, 1, System.Text.Json.JsonElement.Parse(answers.ToJsonString()));
        else if (number % 3 == 1)
            message["submission_id"] = $"mine-{number}";
        if (number % 3 != 2)
            message["submitted_at"] = now.ToString("O", CultureInfo.InvariantCulture);
        return message.ToJsonString();
    }

    private static string Student(int number) => $"flooded-{number}";

    private async Task<ExecuteCommandResult> Command(string resource, string command)
    {
        var result = await system.App.ResourceCommands.ExecuteCommandAsync(resource, command, _deadline.Token);
        Assert.True(result.Success, $"{resource} {command}: {result.Message}");
        return result;
    }

    private async Task<IReadOnlyList<string>> Log(string resource)
    {
        Assert.True(system.App.ResourceNotifications.TryGetCurrentState(resource, out var state), $"{resource} has a state");
        var lines = new List<string>();
        var logs = system.App.Services.GetRequiredService<ResourceLoggerService>();
        await foreach (var batch in logs.GetAllAsync(state.ResourceId).WithCancellation(_deadline.Token))
            lines.AddRange(batch.Select(line => line.Content));
        return lines;
    }

    private async Task<CustomResourceSnapshot> Becomes(string resource, Func<CustomResourceSnapshot, bool> condition) =>
        (await system.App.ResourceNotifications.WaitForResourceAsync(resource, change => condition(change.Snapshot), _deadline.Token)).Snapshot;

    private static object? Property(CustomResourceSnapshot state, string name) =>
        state.Properties.FirstOrDefault(property => property.Name == name)?.Value;

    /// <summary>The student has one result, which comes to have this status.</summary>
    private async Task OneResult(string student, string status, Action<JsonObject> check)
    {
        JsonObject? result = null;
        await Eventually.BecomesTrueAsync(async () =>
        {
            var results = await system.Results(student, _deadline.Token);
            Assert.InRange(results.Count, 0, 1);
            result = results.SingleOrDefault();
            return (string?)result?["status"] == status;
        }, $"{student} has a result that is {status}", Patience);
        check(result!);
    }

    /// <summary>The inbox has a message with this in its subject, and as many as are expected.</summary>
    private async Task Told(string subject, Func<string, bool> says, int? times = null)
    {
        JsonObject[] found = [];
        await Eventually.BecomesTrueAsync(async () =>
        {
            var inbox = await system.Api.GetFromJsonAsync<JsonObject>("/notifications?limit=100", _deadline.Token);
            found = [.. inbox!["notifications"]!.AsArray().Select(message => message!.AsObject())
                .Where(message => ((string?)message["subject"])?.Contains(subject, StringComparison.Ordinal) == true)];
            return found.Length > 0;
        }, $"the inbox has '{subject}'", Patience);
        Assert.Contains(found, message => says((string)message["message"]!));
        if (times is not null)
            Assert.Equal(times, found.Length);
    }

    /// <summary>One where little time passes between a cause and what is told of it.</summary>
    public sealed class WatchedSystem : QuizSystem
    {
        // Every minute: a time of its own would have to come after the start, which takes as long as the machine is busy.
        protected override string[] Arguments =>
        [
            "--parameter", "VisibilityTimeoutSeconds=2", "--parameter", "MaxReceiveCount=1", "--parameter", "AlarmPeriodSeconds=10",
            "--parameter", "HealthCheckExpression=cron(* * * * ? *)",
        ];

        protected override string[] Resources => [.. base.Resources, ResourceNames.HealthCheck];
    }
}
