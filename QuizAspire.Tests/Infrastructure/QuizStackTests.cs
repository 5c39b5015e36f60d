using System.Diagnostics;
using System.Text.Json;
using QuizAspire.AppHost.Embedded;
using QuizAspire.AppHost.Infrastructure;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Infrastructure;

public sealed class QuizStackTests(QuizStackTests.Synthesized synthesized) : IClassFixture<QuizStackTests.Synthesized>
{
    [CfnLintFact]
    public async Task Template_lints_without_error_or_warning()
    {
        using var lint = Process.Start(new ProcessStartInfo("cfn-lint", [synthesized.Path]) { RedirectStandardOutput = true })!;
        var findings = await lint.StandardOutput.ReadToEndAsync();
        await lint.WaitForExitAsync();

        Assert.Equal("", findings);
        Assert.Equal(0, lint.ExitCode);
    }

    /// <summary>The seed's numbers, where they stand in it.</summary>
    [Theory]
    [InlineData("AWS::SQS::Queue", "QueueName", "quiz-submissions.fifo", "MessageRetentionPeriod", "345600")]
    [InlineData("AWS::SQS::Queue", "QueueName", "quiz-submissions.fifo", "ReceiveMessageWaitTimeSeconds", "20")]
    [InlineData("AWS::SQS::Queue", "QueueName", "quiz-submissions.fifo", "ContentBasedDeduplication", "true")]
    [InlineData("AWS::SQS::Queue", "QueueName", "quiz-submissions.fifo", "DeduplicationScope", "\"messageGroup\"")]
    [InlineData("AWS::SQS::Queue", "QueueName", "quiz-submissions.fifo", "FifoThroughputLimit", "\"perMessageGroupId\"")]
    [InlineData("AWS::SQS::Queue", "QueueName", "quiz-submissions-dlq.fifo", "MessageRetentionPeriod", "1209600")]
    [InlineData("AWS::DynamoDB::Table", "TableName", "quiz-results", "BillingMode", "\"PAY_PER_REQUEST\"")]
    [InlineData("AWS::DynamoDB::Table", "TableName", "quiz-results", "PointInTimeRecoverySpecification", """{"PointInTimeRecoveryEnabled":true}""")]
    [InlineData("AWS::Lambda::Function", "FunctionName", "quiz-processor", "Timeout", "60")]
    [InlineData("AWS::Lambda::Function", "FunctionName", "quiz-processor", "MemorySize", "512")]
    [InlineData("AWS::Lambda::Function", "FunctionName", "quiz-processor", "TracingConfig", """{"Mode":"Active"}""")]
    public void Resource_has_the_property(string type, string nameProperty, string name, string property, string expected)
    {
        var resource = Assert.Single(synthesized.Resources(type), resource => resource.GetProperty(nameProperty).GetString() == name);

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), resource.GetProperty(property)), resource.GetProperty(property).GetRawText());
    }

    [Theory]
    [InlineData("VisibilityTimeoutSeconds", 70)]
    [InlineData("MaxReceiveCount", 3)]
    [InlineData("MaximumConcurrency", 5)]
    public void Parameter_defaults_to_the_seeds_value(string name, int value) =>
        Assert.Equal(value, synthesized.Template.GetProperty("Parameters").GetProperty(name).GetProperty("Default").GetInt32());

    [Fact]
    public void Event_source_reports_items_and_has_no_batching_window()
    {
        var source = Assert.Single(synthesized.Resources("AWS::Lambda::EventSourceMapping"));

        Assert.Equal(10, source.GetProperty("BatchSize").GetInt32());
        Assert.Equal("ReportBatchItemFailures", Assert.Single(source.GetProperty("FunctionResponseTypes").EnumerateArray()).GetString());
        Assert.False(source.TryGetProperty("MaximumBatchingWindowInSeconds", out _));
    }

    [Fact]
    public void Role_grants_no_wildcard_but_to_tracing()
    {
        var statements = synthesized.Resources("AWS::IAM::Role").SelectMany(role => role.GetProperty("Policies").EnumerateArray())
            .SelectMany(policy => policy.GetProperty("PolicyDocument").GetProperty("Statement").EnumerateArray()).ToArray();

        Assert.NotEmpty(statements);
        Assert.All(statements, statement => Assert.DoesNotContain('*', statement.GetProperty("Action").GetRawText()));
        var open = Assert.Single(statements, statement => statement.GetProperty("Resource").ValueKind == JsonValueKind.String);
        Assert.All(open.GetProperty("Action").EnumerateArray(), action => Assert.StartsWith("xray:", action.GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Role_grants_only_the_calls_that_the_function_makes_to_its_tables()
    {
        var granted = synthesized.Resources("AWS::IAM::Role").SelectMany(role => role.GetProperty("Policies").EnumerateArray())
            .SelectMany(policy => policy.GetProperty("PolicyDocument").GetProperty("Statement").EnumerateArray())
            .Select(statement => statement.GetProperty("Action").GetRawText())
            .Where(action => action.Contains("dynamodb:", StringComparison.Ordinal));

        Assert.Equal(["""["dynamodb:BatchWriteItem","dynamodb:PutItem"]""", "\"dynamodb:GetItem\""], granted.Select(Compact));

        static string Compact(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));
    }

    [Fact]
    public void Every_taggable_resource_has_the_seeds_tags_under_this_tools_name()
    {
        var tagged = synthesized.Template.GetProperty("Resources").EnumerateObject()
            .Select(resource => resource.Value.GetProperty("Properties").GetProperty("Tags")).ToArray();

        Assert.NotEmpty(tagged);
        Assert.All(tagged, tags => Assert.Equal(
            ["Application=quiz-processor", "Environment=production", "ManagedBy=cloudformation"],
            tags.EnumerateArray().Select(tag => $"{tag.GetProperty("Key").GetString()}={tag.GetProperty("Value").GetString()}").Order()));
    }

    /// <summary>The template as a start of this build would use it, from its cache where there is one.</summary>
    public sealed class Synthesized
    {
        public Synthesized()
        {
            var artifacts = System.IO.Path.Combine(Repository.Root, "artifacts");
            Path = new TemplateSynthesizer(artifacts, () => NodeLocator.Find(Repository.Tools), TimeProvider.System).Synthesize().Stack;
            Template = JsonElement.Parse(File.ReadAllText(Path));
        }

        public string Path { get; }

        public JsonElement Template { get; }

        public IEnumerable<JsonElement> Resources(string type) =>
            from resource in Template.GetProperty("Resources").EnumerateObject()
            where resource.Value.GetProperty("Type").GetString() == type
            select resource.Value.GetProperty("Properties");
    }
}
