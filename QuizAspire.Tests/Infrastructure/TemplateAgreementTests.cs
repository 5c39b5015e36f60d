using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using QuizAspire.AppHost;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Health;
using QuizAspire.Core.Quizzes;
using QuizAspire.Core.Results;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Submissions;
using QuizAspire.Functions;
using QuizAspire.Functions.HealthCheck;
using QuizAspire.Functions.QuizProcessor;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>Names and limits that the programs must share with the template, which refers to none of their sources.</summary>
public sealed class TemplateAgreementTests(QuizStackTests.Synthesized synthesized) : IClassFixture<QuizStackTests.Synthesized>
{
    private static readonly string[] KnownResources =
        [.. typeof(AwsResources).GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.Name)];

    private JsonElement Processor => Function(QuizProcessorFunction.Name);

    private JsonElement Settings => Variables(Processor);

    [Fact]
    public void Function_is_the_one_that_the_executable_holds_and_the_application_runs()
    {
        Assert.Equal(ResourceNames.QuizProcessor, Processor.GetProperty("FunctionName").GetString());
        Assert.Equal(QuizProcessorFunction.Name, Settings.GetProperty(FunctionSettings.FunctionVariable).GetString());
        Assert.Equal(typeof(QuizProcessorFunction).Assembly.GetName().Name, Processor.GetProperty("Handler").GetString());
    }

    [Fact]
    public void Function_is_told_the_receive_count_of_its_queue()
    {
        var redrive = Queue("quiz-submissions.fifo").GetProperty("RedrivePolicy").GetProperty("maxReceiveCount");

        var told = Settings.GetProperty(FunctionSettings.MaxReceiveCountVariable);
        Assert.True(JsonElement.DeepEquals(redrive, told), $"{redrive.GetRawText()} and {told.GetRawText()}");
    }

    [Theory]
    [InlineData(ResourceNames.StatisticsCalculator, "statistics-requests")]
    [InlineData(ResourceNames.ResultNotifier, "statistics-completed")]
    public void Statistics_functions_are_told_the_receive_count_of_their_queue(string function, string queue) => Assert.Equal(
        Queue(queue).GetProperty("RedrivePolicy").GetProperty("maxReceiveCount").ToString(),
        Variables(Function(function)).GetProperty(FunctionSettings.MaxReceiveCountVariable).GetString());

    [Fact]
    public void Every_resource_that_a_program_looks_up_is_an_output()
    {
        var outputs = synthesized.Template.GetProperty("Outputs").EnumerateObject().Select(output => output.Name);

        Assert.NotEmpty(KnownResources);
        Assert.Empty(KnownResources.Except(outputs));
    }

    [Theory]
    [InlineData(QuizProcessorFunction.Name)]
    [InlineData(HealthCheckFunction.Name)]
    [InlineData(ResourceNames.StatisticsCalculator)]
    [InlineData(ResourceNames.ResultNotifier)]
    [InlineData("quiz-api")]
    public void Function_is_given_resources_by_the_names_that_it_looks_up(string function)
    {
        var prefix = $"{AwsResources.Section}:".Replace(":", "__", StringComparison.Ordinal);

        var given = Variables(Function(function)).EnumerateObject().Select(variable => variable.Name)
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(given);
        Assert.Empty(given.Except(KnownResources.Select(resource => prefix + resource)));
    }

    [Fact]
    public void Api_is_the_program_of_that_name_and_is_given_every_resource_but_what_others_tell_and_remember()
    {
        var api = Function("quiz-api");

        Assert.Equal(typeof(QuizAspire.Api.Submissions.SenderOptions).Assembly.GetName().Name, api.GetProperty("Handler").GetString());
        Assert.Equal(
            KnownResources.Except(["SnsTopicArn", "StatisticsTopicArn", "HealthStateTableName"]).Select(resource => $"AWS__Resources__{resource}").Order(),
            Variables(api).EnumerateObject().Select(variable => variable.Name).Where(name => name.StartsWith("AWS__", StringComparison.Ordinal)).Order());
    }

    /// <summary>The health check by its schedule, the others by their queues: what is in the executable and in no list of a local run would not be tried.</summary>
    [Fact]
    public void Every_function_of_the_executable_is_called_and_has_a_place_in_a_local_run()
    {
        var called = synthesized.Stack.OfType("AWS::Lambda::Function")
            .Where(function => function["Handler"].GetString() == Assembly)
            .ToDictionary(function => function["FunctionName"].GetString()!, function => IsCalled(function.LogicalId));

        Assert.Equal(ResourceNames.Functions.Order(), called.Keys.Order());
        Assert.All(called, function => Assert.True(function.Value, function.Key));

        bool IsCalled(string logicalId) =>
            synthesized.Resources("AWS::Lambda::EventSourceMapping").Any(source =>
                Of(source.GetProperty("FunctionName")) == logicalId && !source.TryGetProperty("Enabled", out _))
            || synthesized.Resources("AWS::Scheduler::Schedule").Any(schedule =>
                Of(schedule.GetProperty("Target").GetProperty("Arn")) == logicalId && schedule.GetProperty("State").GetString() == "ENABLED");
    }

    [Fact]
    public void Every_queue_that_calls_a_function_is_an_output_and_hides_messages_for_as_long_as_the_function_may_take()
    {
        var urls = synthesized.Template.GetProperty("Outputs").EnumerateObject().Select(output => output.Value.GetProperty("Value"))
            .Where(value => value.TryGetProperty("Ref", out _)).Select(value => value.GetProperty("Ref").GetString()).ToArray();
        var queues = synthesized.Stack.OfType("AWS::SQS::Queue").ToDictionary(queue => queue.LogicalId);
        var functions = synthesized.Stack.OfType("AWS::Lambda::Function").ToDictionary(function => function.LogicalId);
        var sources = synthesized.Resources("AWS::Lambda::EventSourceMapping").ToArray();

        Assert.Equal(3, sources.Length);
        Assert.All(sources, source =>
        {
            var queue = queues[Of(source.GetProperty("EventSourceArn"))];
            var timeout = functions[Of(source.GetProperty("FunctionName"))]["Timeout"].GetInt32();
            var parameter = queue["VisibilityTimeout"].GetProperty("Ref").GetString()!;
            var visibility = synthesized.Template.GetProperty("Parameters").GetProperty(parameter).GetProperty("Default").GetInt32();
            Assert.Contains(queue.LogicalId, urls);
            Assert.True(visibility > timeout, $"{queue.LogicalId}: {visibility} s, and the function may take {timeout} s");
        });
    }

    [Fact]
    public void Tables_have_the_keys_that_the_items_have()
    {
        AssertKeyed(ResultItem.Key("student", "time"), Table("DynamodbTableName"));
        AssertKeyed(QuizItem.Key("quiz", 1), Table("QuizzesTableName"));
        AssertKeyed(AcceptedItem.Key("student", "key"), Table("SubmissionsTableName"));
        AssertKeyed(StatisticsJobItem.Key("id"), Table("StatisticsJobsTableName"));
        Assert.Equal([HealthStateItem.CheckId], KeyNames(Table("HealthStateTableName")));
    }

    [Fact]
    public void Accepted_submissions_have_the_index_and_the_expiry_that_the_store_uses()
    {
        var table = Table("SubmissionsTableName");
        var index = Assert.Single(table.GetProperty("LocalSecondaryIndexes").EnumerateArray());

        Assert.Equal(AcceptedSubmissionStore.SubmissionIdIndex, index.GetProperty("IndexName").GetString());
        Assert.Equal([AcceptedItem.StudentId, AcceptedItem.SubmissionId], KeyNames(index));
        Assert.Equal(AcceptedItem.ExpiresAt, table.GetProperty("TimeToLiveSpecification").GetProperty("AttributeName").GetString());
    }

    [Fact]
    public void Results_have_the_index_by_which_a_quizs_scores_are_read()
    {
        var index = Assert.Single(Table("DynamodbTableName").GetProperty("GlobalSecondaryIndexes").EnumerateArray());

        Assert.Equal(QuizScores.QuizIndex, index.GetProperty("IndexName").GetString());
        Assert.Equal(QuizShards.Attribute, KeyNames(index).First());
        Assert.Contains(ResultItem.Score, index.GetProperty("Projection").GetProperty("NonKeyAttributes").EnumerateArray().Select(attribute => attribute.GetString()));
    }

    [Fact]
    public void Statistics_jobs_have_the_index_and_the_expiry_that_the_store_uses()
    {
        var table = Table("StatisticsJobsTableName");
        var index = Assert.Single(table.GetProperty("GlobalSecondaryIndexes").EnumerateArray());

        Assert.Equal(StatisticsJobStore.SubmittedIndex, index.GetProperty("IndexName").GetString());
        Assert.Equal([StatisticsJobItem.Listing, StatisticsJobItem.SubmittedAt], KeyNames(index));
        Assert.Equal("ALL", index.GetProperty("Projection").GetProperty("ProjectionType").GetString());
        var job = new StatisticsJob("id", StatisticsSource.Csv, null, "key", DateTimeOffset.UnixEpoch);
        Assert.Contains(
            table.GetProperty("TimeToLiveSpecification").GetProperty("AttributeName").GetString()!,
            StatisticsRequestItem.From("key", job, "fingerprint", DateTimeOffset.UnixEpoch).Keys);
    }

    [Fact]
    public void Record_of_an_acceptance_outlives_its_message_in_both_queues()
    {
        string[] queues = ["quiz-submissions.fifo", "quiz-submissions-dlq.fifo"];
        var seconds = queues.Sum(queue => Queue(queue).GetProperty("MessageRetentionPeriod").GetInt32());

        Assert.Equal(AcceptedSubmissionStore.LongestMessageLife, TimeSpan.FromSeconds(seconds));
    }

    private static string Assembly => typeof(QuizProcessorFunction).Assembly.GetName().Name!;

    private JsonElement Function(string name) =>
        Assert.Single(synthesized.Resources("AWS::Lambda::Function"), function => function.GetProperty("FunctionName").GetString() == name);

    private static JsonElement Variables(JsonElement function) => function.GetProperty("Environment").GetProperty("Variables");

    private static string Of(JsonElement arn) => arn.GetProperty("Fn::GetAtt")[0].GetString()!;

    private static void AssertKeyed(Dictionary<string, AttributeValue> key, JsonElement table)
    {
        Assert.Equal(key.Keys, KeyNames(table));
        var types = table.GetProperty("AttributeDefinitions").EnumerateArray()
            .ToDictionary(one => one.GetProperty("AttributeName").GetString()!, one => one.GetProperty("AttributeType").GetString());
        Assert.All(key, part => Assert.Equal(part.Value.N is null ? "S" : "N", types[part.Key]));
    }

    private static IEnumerable<string?> KeyNames(JsonElement tableOrIndex) => tableOrIndex.GetProperty("KeySchema").EnumerateArray()
        .OrderBy(key => key.GetProperty("KeyType").GetString(), StringComparer.Ordinal)
        .Select(key => key.GetProperty("AttributeName").GetString());

    /// <summary>The table whose name the output gives.</summary>
    private JsonElement Table(string output)
    {
        var logicalId = synthesized.Template.GetProperty("Outputs").GetProperty(output).GetProperty("Value").GetProperty("Ref").GetString()!;
        return synthesized.Template.GetProperty("Resources").GetProperty(logicalId).GetProperty("Properties");
    }

    private JsonElement Queue(string name) =>
        Assert.Single(synthesized.Resources("AWS::SQS::Queue"), queue => queue.GetProperty("QueueName").GetString() == name);
}
