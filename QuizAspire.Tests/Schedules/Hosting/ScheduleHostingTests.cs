using System.Globalization;
using Amazon.SQS.Model;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Embedded.Hosting;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Schedules.Hosting;
using QuizAspire.Tests.Embedded;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Schedules.Hosting;

/// <summary>Schedules as resources of an application, with the real Lambda emulator under the real orchestrator. The test is the function.</summary>
public sealed class ScheduleHostingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_schedule_invokes_its_function_at_the_emulator_and_shows_what_it_does()
    {
        await using var app = await StartAsync(Schedule("check_queues", "rate(5 minutes)"));

        // It was due before there was an emulator.
        var scheduled = Json.Of(await app.NextEventAsync());
        Assert.Equal("aws.scheduler", scheduled.GetProperty("source").GetString());
        Assert.Equal("arn:aws:scheduler:us-west-1:000000000000:schedule/default/check_queues", scheduled.GetProperty("resources")[0].GetString());
        var state = await app.ReachedAsync("check-queues", KnownResourceStates.Running, "Runs", "1");
        var dueAt = DateTimeOffset.Parse(scheduled.GetProperty("time").GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal(
            ["rate(5 minutes)", "UTC", ResourceNames.QuizProcessor, Shown(dueAt.AddMinutes(5)), Shown(dueAt), "0"],
            ((string[])["Expression", "Time zone", "Target", "Next run", "Last run", "Failures"]).Select(name => Property(state, name)));
        Assert.StartsWith("accepted, request ", Property(state, "Last result"), StringComparison.Ordinal);
        Assert.Contains(state.Relationships, relationship => relationship == new RelationshipSnapshot(ResourceNames.Stack, "Parent"));

        var command = await app.CommandAsync("check-queues", SchedulesExtensions.RunNowCommand);
        Assert.True(command.Success, command.Message);
        Assert.Equal("Scheduled Event", Json.Of(await app.NextEventAsync()).GetProperty("detail-type").GetString());
        await app.ReachedAsync("check-queues", KnownResourceStates.Running, "Runs", "2");

        var log = await app.LogAsync("check-queues");
        Assert.Equal(2, log.Count(line => line.Contains("quiz-processor accepted", StringComparison.Ordinal)));
        Assert.DoesNotContain(log, line => line.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_run_is_shown_with_the_reason()
    {
        await using var app = await StartAsync(
            Schedule("elsewhere", "rate(5 minutes)", target: "arn:aws:states:us-west-1:000000000000:stateMachine:work"),
            Schedule("paused", "rate(5 minutes)", more: """, "State": "DISABLED" """),
            Schedule("past", "at(2020-01-01T00:00:00)"));

        var elsewhere = await app.ReachedAsync("elsewhere", "NotRun");
        Assert.Equal(
            "its target arn:aws:states:us-west-1:000000000000:stateMachine:work is no function that runs here", Property(elsewhere, "Not run"));
        Assert.DoesNotContain(elsewhere.Commands, command => command.Name == SchedulesExtensions.RunNowCommand);
        await app.ReachedAsync("past", KnownResourceStates.Finished);
        var paused = await app.ReachedAsync("paused", "Disabled");
        Assert.Equal("the template disables it", Property(paused, "Not run"));

        await app.EmulatorIsThereAsync();
        Assert.True((await app.CommandAsync("paused", SchedulesExtensions.RunNowCommand)).Success);
        await app.NextEventAsync();
        await app.ReachedAsync("paused", "Disabled", "Runs", "1");
    }

    [Fact]
    public async Task An_event_that_Lambda_refuses_is_in_the_dead_letter_queue_at_once()
    {
        await using var app = await StartAsync(Schedule("check", "rate(5 minutes)", targetMore: """
            , "Input": "no JSON", "DeadLetterConfig": { "Arn": { "Fn::GetAtt": ["Undelivered", "Arn"] } }
            """));

        var state = await app.ReachedAsync("check", KnownResourceStates.Running, "Failures", "1");

        Assert.StartsWith("InvalidRequestContentException: ", Property(state, "Last result"), StringComparison.Ordinal);
        using var clients = new EmulatorClients(app.Plan.Addresses);
        var received = await clients.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = app.Plan.Queues.Single().Url,
            WaitTimeSeconds = 10,
            MessageAttributeNames = ["All"],
        });
        var letter = Assert.Single(received.Messages);
        Assert.Equal("no JSON", letter.Body);
        Assert.Equal("InvalidRequestContentException", letter.MessageAttributes["ERROR_CODE"].StringValue);
        Assert.Equal(app.Plan.Schedules.Single().Arn, letter.MessageAttributes["SCHEDULE_ARN"].StringValue);
    }

    [Theory]
    [InlineData("cron(0 10 ? * 8 *)", "UTC", "the field day-of-week '8'")]
    [InlineData("rate(5 minutes)", "Moon/Tycho", "time zone 'Moon/Tycho'")]
    public void What_AWS_would_refuse_keeps_the_run_from_starting(string expression, string timeZone, string reason)
    {
        var plan = Plan(Schedule("check", expression, more: $", \"ScheduleExpressionTimezone\": \"{timeZone}\""));
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        var aws = builder.AddEmbeddedAws(plan, Repository.Tools, dataDirectory: null, cloudWatch: "http://127.0.0.1:1");

        var error = Assert.Throws<LaunchException>(() => builder.AddSchedules(aws, emulator: null));

        Assert.Contains("The schedule check of the template cannot be run", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static string Schedule(string name, string expression, string? target = null, string more = "", string targetMore = "") => $$"""
        "{{name.Replace("_", "", StringComparison.Ordinal)}}": { "Type": "AWS::Scheduler::Schedule", "Properties": {
          "Name": "{{name}}", "ScheduleExpression": "{{expression}}", "FlexibleTimeWindow": { "Mode": "OFF" }{{more}},
          "Target": { "Arn": {{(target is null ? """{ "Fn::GetAtt": ["Function", "Arn"] }""" : $"\"{target}\"")}}, "RoleArn": "arn:aws:iam::000000000000:role/r"{{targetMore}} } } }
        """;

    private static StackPlan Plan(params string[] schedules) => StackPlanner.Plan(
        $$"""
        { "Resources": {
          "Function": { "Type": "AWS::Lambda::Function", "Properties": { "FunctionName": "quiz-processor", "Handler": "QuizAspire.Functions" } },
          "Undelivered": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "undelivered" } },
          {{string.Join(",\n", schedules)}} } }
        """, "scheduled", new EmulatorAddresses(LocalPorts.Free(), LocalPorts.Free()));

    private static string? Property(CustomResourceSnapshot snapshot, string name) =>
        snapshot.Properties.SingleOrDefault(property => property.Name == name)?.Value as string;

    private static string Shown(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static async Task<Running> StartAsync(params string[] schedules)
    {
        var plan = Plan(schedules);
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(ResourceNames).Assembly.GetName().Name,
            DisableDashboard = true,
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var aws = builder.AddEmbeddedAws(plan, Repository.Tools, dataDirectory: null, cloudWatch: "http://127.0.0.1:1");
        var emulator = builder.AddAWSLambdaServiceEmulator(new LambdaEmulatorOptions { DisableHttpsEndpoint = true, ConfigStoragePath = "" })
            .WithHttpHealthCheck("/lambda-runtime-api/healthcheck", endpointName: "http")
            .WithEnvironment("LAMBDA_FUNCTION_TIMEOUTS", $"{ResourceNames.QuizProcessor}=30")
            .WaitFor(aws.Stack);
        builder.AddSchedules(aws, emulator.Resource);
        return new Running(await Hosted.StartAsync(builder, plan), emulator.GetEndpoint("http"), emulator.Resource.Name);
    }

    private sealed class Running(Hosted hosted, EndpointReference emulator, string emulatorName) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { Timeout = Limit };

        public StackPlan Plan => hosted.Plan;

        public Task<CustomResourceSnapshot> EmulatorIsThereAsync() => hosted.ReachedAsync(emulatorName, KnownResourceStates.Running);

        /// <summary>What the function is called with next; it answers at once.</summary>
        public async Task<string> NextEventAsync()
        {
            await EmulatorIsThereAsync();
            var runtime = $"{emulator.Url}/{ResourceNames.QuizProcessor}/2018-06-01/runtime/invocation";
            using var next = await _http.GetAsync($"{runtime}/next");
            next.EnsureSuccessStatusCode();
            using var answered = await _http.PostAsync(
                $"{runtime}/{next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single()}/response", new StringContent("{}"));
            answered.EnsureSuccessStatusCode();
            return await next.Content.ReadAsStringAsync();
        }

        public Task<CustomResourceSnapshot> ReachedAsync(string resource, string state) => hosted.ReachedAsync(resource, state);

        public async Task<CustomResourceSnapshot> ReachedAsync(string resource, string state, string property, string value)
        {
            CustomResourceSnapshot? snapshot = null;
            await Eventually.BecomesTrueAsync(async () =>
            {
                snapshot = await hosted.ReachedAsync(resource, state);
                return Property(snapshot, property) == value;
            }, $"{resource} is {state} and its {property} is {value}", Limit);
            return snapshot!;
        }

        public Task<ExecuteCommandResult> CommandAsync(string resource, string command) => hosted.CommandAsync(resource, command);

        public Task<IReadOnlyList<string>> LogAsync(string resource) => hosted.LogAsync(resource);

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await hosted.DisposeAsync();
        }
    }
}
