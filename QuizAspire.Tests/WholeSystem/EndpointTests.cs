using System.Net.Http.Headers;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using QuizAspire.AppHost;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>`--aws endpoint`: the resources provisioned through CloudFormation, API and functions on this machine.</summary>
public sealed class EndpointTests : IDisposable
{
    private const int Students = 20;
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(4));

    public void Dispose() => _deadline.Dispose();

    [MotoFact]
    public async Task Submissions_are_scored_and_their_statistics_told_on_resources_that_CloudFormation_made()
    {
        var system = await EndpointSystem.OnMotoAsync();
        try
        {
            await system.StoreQuiz("endpoint", questions: 10);
            var paths = new string[Students];
            await Parallel.ForAsync(0, Students, _deadline.Token, async (number, cancellation) =>
                paths[number] = await system.Submit(QuizClient.Submission($"student-{number}", "endpoint", questions: 10, right: number % 11), cancellation));
            for (var number = 0; number < Students; number++)
            {
                Assert.Equal(number % 11 * 10m, (decimal)(await system.Result(paths[number], _deadline.Token))["score"]!);
                Assert.Single(await system.Results($"student-{number}", _deadline.Token));
            }

            // Their statistics, and a sheet in two parts, which moto puts together.
            await AssertStatistics(
                await system.AskForStatistics("/quizzes/endpoint/statistics", null, _deadline.Token),
                Enumerable.Range(0, Students).Select(number => number % 11 * 10m));
            var row = string.Join(',', Enumerable.Range(0, 101));
            const int lines = 30_000;
            using var sheet = new StringContent(string.Concat(Enumerable.Repeat($"sheet,{row}\n", lines)), new MediaTypeHeaderValue("text/csv"));
            await AssertStatistics(
                await system.AskForStatistics("/statistics", sheet, _deadline.Token),
                Enumerable.Range(0, 101).SelectMany(score => Enumerable.Repeat((decimal)score, lines)));

            // The stack is in moto under its name, and the dashboard shows what it gave.
            var made = await system.Moto.RunPythonAsync(
                "import boto3\nprint(boto3.client('cloudformation').describe_stacks(StackName='quiz-aspire-resources')['Stacks'][0]['StackStatus'])");
            Assert.EndsWith("_COMPLETE", made.Trim(), StringComparison.Ordinal);
            Assert.True(system.App.ResourceNotifications.TryGetCurrentState(ResourceNames.Stack, out var stack));
            Assert.Contains(stack.Snapshot.Properties, property =>
                property.Name == "aws.cloudformation.output.SqsQueueUrl" && property.Value is string url && url.EndsWith("/quiz-submissions.fifo", StringComparison.Ordinal));
            Assert.DoesNotContain(system.App.Services.GetRequiredService<DistributedApplicationModel>().Resources, resource =>
                resource.Name is ResourceNames.SqsSnsS3 or ResourceNames.DynamoDb);
        }
        finally
        {
            await system.DisposeAsync();
        }

        async Task AssertStatistics(string id, IEnumerable<decimal> scores)
        {
            ExpectedScores.AssertAre(scores, (await system.StatisticsThatAre("completed", id, _deadline.Token))["result"]!["overall"]!);
            Assert.Single(await system.MailsAbout(id, _deadline.Token));
        }
    }

    [MotoFact]
    public async Task Stack_that_fails_says_why_in_its_log_and_what_needs_it_does_not_start()
    {
        var system = await EndpointSystem.OnMotoAsync(QueueOfAnotherKind, healthy: false);
        try
        {
            var states = system.App.ResourceNotifications;
            await states.WaitForResourceAsync(ResourceNames.Stack, KnownResourceStates.FailedToStart, _deadline.Token);
            await states.WaitForResourceAsync(ResourceNames.Api, KnownResourceStates.FailedToStart, _deadline.Token);

            var log = new List<string>();
            await foreach (var lines in system.App.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(ResourceNames.Stack))
                log.AddRange(lines.Select(line => line.Content));
            // What SQS, as moto has it, said to CloudFormation.
            Assert.Contains(log, line => line.Contains("could not be provisioned", StringComparison.Ordinal)
                && line.Contains("already exists", StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            await system.DisposeAsync();
        }
    }

    [MotoFact]
    public async Task Stack_that_fails_is_named_in_the_report_of_the_start()
    {
        await using var moto = await MotoServer.StartAsync();
        await QueueOfAnotherKind(moto);
        using var host = HostProcess.Start(new Dictionary<string, string?>(), "--ports", "random", "--aws", "endpoint", "--endpoint-url", moto.Url);

        var said = await host.SaysAsync("Failed:", QuizSystem.StartDeadline);

        Assert.Contains("Failed: stack, ", said[^1], StringComparison.Ordinal);
    }

    private static async Task QueueOfAnotherKind(MotoServer moto) => await moto.RunPythonAsync(
        "import boto3\nboto3.client('sqs').create_queue(QueueName='quiz-submissions.fifo', Attributes={'FifoQueue': 'true', 'VisibilityTimeout': '13'})");
}
