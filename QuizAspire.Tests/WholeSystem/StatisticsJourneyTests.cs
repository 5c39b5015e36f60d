using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.S3.Model;
using QuizAspire.AppHost;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>From a score sheet to the message about it, through every process there is.</summary>
public sealed partial class StatisticsJourneyTests(StatisticsSystem system) : IClassFixture<StatisticsSystem>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(4));

    public void Dispose() => _deadline.Dispose();

    [ReadmeFact]
    public async Task Seeds_example_as_the_README_prints_it_gives_the_right_numbers_and_a_message()
    {
        var command = Example().Match(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"))).Value;
        Assert.Contains("\"Quiz1,85,76,90\"", command, StringComparison.Ordinal);

        var api = system.Api.BaseAddress!.ToString().TrimEnd('/');
        var accepted = JsonNode.Parse(await RunAsync(command.Replace("http://127.0.0.1:5080", api, StringComparison.Ordinal)))!;

        var id = (string)accepted["statistics_id"]!;
        var result = (await system.StatisticsThatAre("completed", id, _deadline.Token))["result"]!;
        Assert.Equal(["Quiz1", "Quiz2", "Quiz3"], result["quizzes"]!.AsArray().Select(quiz => (string?)quiz!["quiz_id"]));
        ExpectedScores.AssertAre([85, 76, 90], result["quizzes"]![0]!["scores"]!);
        ExpectedScores.AssertAre([78, 88, 85], result["quizzes"]![1]!["scores"]!);
        ExpectedScores.AssertAre([92, 90, 87], result["quizzes"]![2]!["scores"]!);
        ExpectedScores.AssertAre([85, 76, 90, 78, 88, 85, 92, 90, 87], result["overall"]!);

        var mail = Assert.Single(await system.MailsAbout(id, _deadline.Token));
        Assert.Equal("Quiz statistics: 3 quizzes, 9 scores", (string?)mail["subject"]);
        Assert.Contains("83.67", (string?)mail["message"], StringComparison.Ordinal);
        Assert.Contains(new Uri(system.Api.BaseAddress, $"/statistics/{id}").ToString(), (string?)mail["message"], StringComparison.Ordinal);
        await Eventually.BecomesTrueAsync(
            async () => (await system.Statistics(id, _deadline.Token))!["notified_at"] is not null, "the job is noted as told");
    }

    /// <summary>In more than one part, so that it is put together again in the bucket.</summary>
    [Fact]
    public async Task Sheet_sent_as_a_stream_is_counted_to_its_last_score()
    {
        var random = new Random(20);
        var scores = Enumerable.Range(0, 7).ToDictionary(number => $"Quiz, part {number}", _ => new List<decimal>());
        using var sheet = Csv(Lines());

        var id = await system.AskForStatistics("/statistics", sheet, _deadline.Token);

        Assert.InRange(sheet.Headers.ContentLength!.Value, 9 * 1024 * 1024, 30 * 1024 * 1024);
        var job = await system.StatisticsThatAre("completed", id, _deadline.Token);
        var result = job["result"]!;
        Assert.Equal("csv", (string?)job["source"]);
        Assert.Equal((1, 2L), ((int)result["lines_rejected"]!, (long)result["problems"]![0]!["line"]!));
        Assert.Equal(scores.Keys, result["quizzes"]!.AsArray().Select(quiz => (string)quiz!["quiz_id"]!));
        foreach (var quiz in result["quizzes"]!.AsArray())
            ExpectedScores.AssertAre(scores[(string)quiz!["quiz_id"]!], quiz["scores"]!);
        ExpectedScores.AssertAre(scores.Values.SelectMany(quiz => quiz), result["overall"]!);
        Assert.Contains("line 2:", (string?)Assert.Single(await system.MailsAbout(id, _deadline.Token))["message"], StringComparison.Ordinal);

        IEnumerable<string> Lines()
        {
            yield return "quiz,scores";
            yield return "\"Quiz, part 0\",eighty";
            for (var line = 0; line < 20_000; line++)
            {
                var quiz = $"Quiz, part {line % scores.Count}";
                var row = Enumerable.Range(0, 100).Select(_ => random.Next(0, 10_001) / 100m).ToArray();
                scores[quiz].AddRange(row);
                yield return $"\"{quiz}\",{string.Join(',', row.Select(score => score.ToString("0.00", CultureInfo.InvariantCulture)))}";
            }
        }
    }

    [Fact]
    public async Task Results_of_a_quiz_are_exported_once_they_are_scored()
    {
        const int students = 40;
        await system.StoreQuiz("exported", questions: 8);
        await system.StoreQuiz("another", questions: 8);
        await Parallel.ForAsync(0, students, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = _deadline.Token }, async (number, cancellation) =>
        {
            var path = await system.Submit(QuizClient.Submission($"exported-{number}", number < 35 ? "exported" : "another", questions: 8, right: number % 9), cancellation);
            await system.Result(path, cancellation);
        });

        var id = await system.AskForStatistics("/quizzes/exported/statistics", null, _deadline.Token);

        var job = await system.StatisticsThatAre("completed", id, _deadline.Token);
        var quiz = Assert.Single(job["result"]!["quizzes"]!.AsArray())!;
        Assert.Equal(("quiz", "exported", "exported"), ((string?)job["source"], (string?)job["quiz_id"], (string?)quiz["quiz_id"]));
        ExpectedScores.AssertAre(Enumerable.Range(0, 35).Select(number => number % 9 * 12.5m), quiz["scores"]!);
        Assert.Single(await system.MailsAbout(id, _deadline.Token));
    }

    [Fact]
    public async Task Sheet_whose_calculator_is_killed_over_it_has_one_result_and_is_told()
    {
        // Long enough to be met at work: the same line again and again.
        const int lines = 40_000;
        string id;
        JsonObject met, job;
        var round = 0;
        do
        {
            var scores = string.Join(',', Enumerable.Range(0, 400).Select(number => number % 101));
            using var sheet = Csv(Enumerable.Repeat($"killed {round++},{scores}", lines));
            id = await system.AskForStatistics("/statistics", sheet, _deadline.Token);
            met = await system.StatisticsThatAreBegun(id, _deadline.Token);
            await system.ReplaceAsync(ResourceNames.StatisticsCalculator, _deadline.Token);
            job = await system.StatisticsThatAre("completed", id, _deadline.Token);
        }
        // What was begun once was finished before it died, which proves nothing: it gets another.
        while ((string?)met["started_at"] == (string?)job["started_at"]);

        var result = job["result"]!;
        Assert.Equal((lines, lines * 400L), ((int)result["lines_counted"]!, (long)result["overall"]!["count"]!));
        Assert.NotEmpty(await system.MailsAbout(id, _deadline.Token));
        using var s3 = system.S3();
        var reports = await s3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = "quiz-statistics-000000000000-us-west-1", Prefix = $"statistics/{id}" }, _deadline.Token);
        Assert.Single(reports.S3Objects);
        var listed = await system.Api.GetFromJsonAsync<JsonObject>("/statistics?limit=100", _deadline.Token);
        Assert.Single(listed!["statistics"]!.AsArray(), job => (string?)job!["statistics_id"] == id);
    }

    /// <summary>From a producer that sends the message itself, and puts the sheet only after everybody has given up.</summary>
    [Fact]
    public async Task Request_whose_sheet_comes_too_late_is_a_dead_letter_and_completes_when_it_is_redriven()
    {
        var id = Guid.CreateVersion7().ToString();
        using var sqs = system.Sqs();
        var queue = (await sqs.GetQueueUrlAsync("statistics-requests", _deadline.Token)).QueueUrl;
        await sqs.SendMessageAsync(queue, new JsonObject { ["statistics_id"] = id, ["object_key"] = "late.csv" }.ToJsonString(), _deadline.Token);

        JsonNode? letter = null;
        await Eventually.BecomesTrueAsync(async () =>
        {
            var seen = await system.Api.GetFromJsonAsync<JsonObject>("/operations/dead-letters", _deadline.Token);
            letter = seen!["queues"]!.AsArray().Single(queue => (string?)queue!["queue"] == "statistics-requests-dlq")!["messages"]!.AsArray()
                .FirstOrDefault(message => (string?)message!["statistics_id"] == id);
            return letter?["reason"] is not null; // which the last attempt tells after its own time
        }, "the request is a dead letter with its reason", TimeSpan.FromSeconds(90));
        var failed = await system.StatisticsThatAre("failed", id, _deadline.Token);
        Assert.Contains("could not be read", (string?)failed["reason"], StringComparison.Ordinal);
        Assert.Contains("could not be read", (string?)letter!["reason"], StringComparison.Ordinal);

        using var s3 = system.S3();
        await s3.PutObjectAsync(
            new PutObjectRequest { BucketName = "quiz-raw-scores-000000000000-us-west-1", Key = "late.csv", ContentBody = "late,50,100\n" }, _deadline.Token);
        using var redrive = await system.Api.PostAsJsonAsync(
            "/operations/dead-letters/redrive", new { queue = "statistics-requests-dlq" }, _deadline.Token);
        Assert.True(redrive.IsSuccessStatusCode, $"{redrive.StatusCode}");

        var completed = await system.StatisticsThatAre("completed", id, _deadline.Token);
        Assert.Null(completed["reason"]);
        ExpectedScores.AssertAre([50, 100], completed["result"]!["overall"]!);
        Assert.Single(await system.MailsAbout(id, _deadline.Token));
    }

    private static ByteArrayContent Csv(IEnumerable<string> lines) => new(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n"))))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("text/csv") },
    };

    private async Task<string> RunAsync(string command)
    {
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = bash.StandardError.ReadToEndAsync(_deadline.Token);
        var output = await bash.StandardOutput.ReadToEndAsync(_deadline.Token);
        await bash.WaitForExitAsync(_deadline.Token);
        Assert.True(bash.ExitCode == 0, await error);
        return output;
    }

    /// <summary>The command to the end of its quoted body.</summary>
    [GeneratedRegex(@"^curl -X POST http://127\.0\.0\.1:5080/statistics \\\n[^']*'[^']*'", RegexOptions.Multiline)]
    private static partial Regex Example();
}
