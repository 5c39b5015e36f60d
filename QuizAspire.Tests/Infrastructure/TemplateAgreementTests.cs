using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using QuizAspire.AppHost;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Quizzes;
using QuizAspire.Core.Results;
using QuizAspire.Core.Submissions;
using QuizAspire.Functions;
using QuizAspire.Functions.QuizProcessor;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>Names and limits that the programs must share with the template, which refers to none of their sources.</summary>
public sealed class TemplateAgreementTests(QuizStackTests.Synthesized synthesized) : IClassFixture<QuizStackTests.Synthesized>
{
    private static readonly string[] KnownResources =
        [.. typeof(AwsResources).GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.Name)];

    private JsonElement Function => Assert.Single(synthesized.Resources("AWS::Lambda::Function"));

    private JsonElement Settings => Function.GetProperty("Environment").GetProperty("Variables");

    [Fact]
    public void Function_is_the_one_that_the_executable_holds_and_the_application_runs()
    {
        Assert.Equal(QuizProcessorFunction.Name, Function.GetProperty("FunctionName").GetString());
        Assert.Equal(ResourceNames.QuizProcessor, Function.GetProperty("FunctionName").GetString());
        Assert.Equal(QuizProcessorFunction.Name, Settings.GetProperty(FunctionSettings.FunctionVariable).GetString());
        Assert.Equal(typeof(QuizProcessorFunction).Assembly.GetName().Name, Function.GetProperty("Handler").GetString());
    }

    [Fact]
    public void Function_is_told_the_receive_count_of_its_queue()
    {
        var redrive = Queue("quiz-submissions.fifo").GetProperty("RedrivePolicy").GetProperty("maxReceiveCount");

        var told = Settings.GetProperty(FunctionSettings.MaxReceiveCountVariable);
        Assert.True(JsonElement.DeepEquals(redrive, told), $"{redrive.GetRawText()} and {told.GetRawText()}");
    }

    [Fact]
    public void Every_resource_that_a_program_looks_up_is_an_output()
    {
        var outputs = synthesized.Template.GetProperty("Outputs").EnumerateObject().Select(output => output.Name);

        Assert.NotEmpty(KnownResources);
        Assert.Empty(KnownResources.Except(outputs));
    }

    [Fact]
    public void Function_is_given_resources_by_the_names_that_it_looks_up()
    {
        var prefix = $"{AwsResources.Section}:".Replace(":", "__", StringComparison.Ordinal);
        string[] own = [FunctionSettings.FunctionVariable, FunctionSettings.MaxReceiveCountVariable];

        var others = Settings.EnumerateObject().Select(variable => variable.Name).Except(own).ToArray();

        Assert.NotEmpty(others);
        Assert.Empty(others.Except(KnownResources.Select(resource => prefix + resource)));
    }

    [Fact]
    public void Tables_have_the_keys_that_the_items_have()
    {
        AssertKeyed(ResultItem.Key("student", "time"), Table("DynamodbTableName"));
        AssertKeyed(QuizItem.Key("quiz", 1), Table("QuizzesTableName"));
        AssertKeyed(AcceptedItem.Key("student", "key"), Table("SubmissionsTableName"));
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
    public void Record_of_an_acceptance_outlives_its_message_in_both_queues()
    {
        var seconds = synthesized.Resources("AWS::SQS::Queue").Sum(queue => queue.GetProperty("MessageRetentionPeriod").GetInt32());

        Assert.Equal(AcceptedSubmissionStore.LongestMessageLife, TimeSpan.FromSeconds(seconds));
    }

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
