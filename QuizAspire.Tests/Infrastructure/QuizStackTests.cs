using System.Text.Json;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Infrastructure;
using QuizAspire.AppHost.Infrastructure.Compute;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Infrastructure;

public sealed class QuizStackTests(QuizStackTests.Synthesized synthesized) : IClassFixture<QuizStackTests.Synthesized>
{
    // An inline template of CloudFormation's API is no longer than this, and Aspire.Hosting.AWS sends it inline.
    private const int LongestInlineTemplate = 51_200;

    /// <summary>No finding is suppressed, in the templates or by a setting.</summary>
    [CfnLintFact]
    public async Task Templates_lint_without_error_or_warning()
    {
        foreach (var template in synthesized.Both)
            Assert.Equal("", await CfnLint.FindingsAsync(template.Path));
    }

    [Fact]
    public void Template_of_the_resources_alone_fits_into_a_call() =>
        Assert.InRange(new FileInfo(synthesized.ResourcesAlone.Path).Length, 1, LongestInlineTemplate - 1);

    [Fact]
    public void Resources_alone_are_those_of_the_whole_but_for_what_becomes_of_their_data()
    {
        var whole = synthesized.Stack.Resources.ToDictionary(resource => resource.LogicalId);
        var alone = synthesized.ResourcesAlone.Resources.ToArray();

        Assert.NotEmpty(alone);
        Assert.All(alone, resource => Assert.True(
            JsonElement.DeepEquals(WithoutLifetime(whole[resource.LogicalId].Definition), WithoutLifetime(resource.Definition)), resource.LogicalId));
        Assert.Empty(alone.Select(resource => resource.Type).Intersect(["AWS::Lambda::Function", "AWS::IAM::Role", "AWS::ApiGatewayV2::Api"]));

        static JsonElement WithoutLifetime(JsonElement definition)
        {
            var node = System.Text.Json.Nodes.JsonNode.Parse(definition.GetRawText())!.AsObject();
            foreach (var lifetime in (string[])["DeletionPolicy", "UpdateReplacePolicy"])
                node.Remove(lifetime);
            node["Properties"]!.AsObject().Remove("DeletionProtectionEnabled");
            return JsonElement.Parse(node.ToJsonString());
        }
    }

    [Fact]
    public void Resources_alone_have_the_outputs_of_the_whole_that_are_about_them()
    {
        var whole = synthesized.Stack.Root.GetProperty("Outputs");
        var alone = synthesized.ResourcesAlone.Root.GetProperty("Outputs").EnumerateObject().ToArray();

        Assert.All(alone, output => Assert.True(JsonElement.DeepEquals(whole.GetProperty(output.Name), output.Value), output.Name));
        Assert.Equal(
            ["ApiEndpoint", "ApiLambdaArn", "HealthCheckLambdaArn", "LambdaFunctionArn", "ResultNotifierLambdaArn", "StatisticsCalculatorLambdaArn"],
            whole.EnumerateObject().Select(output => output.Name).Except(alone.Select(output => output.Name)).Order());
    }

    [Theory]
    [InlineData("VisibilityTimeoutSeconds", "70")]
    [InlineData("StatisticsVisibilityTimeoutSeconds", "1800")]
    [InlineData("NotificationVisibilityTimeoutSeconds", "180")]
    [InlineData("MaxReceiveCount", "3")]
    [InlineData("MaximumConcurrency", "5")]
    [InlineData("AlarmPeriodSeconds", "300")]
    [InlineData("HealthCheckExpression", "rate(5 minutes)")]
    [InlineData("DeadLetterThreshold", "10")]
    [InlineData("QueueThreshold", "500")]
    [InlineData("LogRetentionDays", "30")]
    [InlineData("TraceSamplingRatio", "0.05")]
    [InlineData("HighThroughputFifo", "true")]
    [InlineData("AlertEmail", "")]
    [InlineData("StatisticsEmail", "")]
    [InlineData("AssetsBucket", "")]
    public void Parameter_has_the_default(string name, string value) =>
        Assert.Equal(value, synthesized.Template.GetProperty("Parameters").GetProperty(name).GetProperty("Default").ToString());

    /// <summary>6 times the function's timeout is AWS's guidance for an event source; the seed's own queue has 70 s for 60.</summary>
    [Theory]
    [InlineData("StatisticsVisibilityTimeoutSeconds", "statistics-calculator")]
    [InlineData("NotificationVisibilityTimeoutSeconds", "result-notifier")]
    public void Messages_of_the_statistics_are_hidden_for_six_times_the_timeout(string parameter, string function) => Assert.Equal(
        6 * Assert.Single(synthesized.Resources("AWS::Lambda::Function"), one => one.GetProperty("FunctionName").GetString() == function).GetProperty("Timeout").GetInt32(),
        synthesized.Template.GetProperty("Parameters").GetProperty(parameter).GetProperty("Default").GetInt32());

    [Fact]
    public void Page_may_put_parts_to_the_raw_bucket_alone_and_read_their_etags()
    {
        var buckets = synthesized.Stack.OfType("AWS::S3::Bucket").Where(bucket => bucket.Has("CorsConfiguration")).ToArray();
        var rule = Assert.Single(Assert.Single(buckets)["CorsConfiguration"].GetProperty("CorsRules").EnumerateArray());

        Assert.Equal("RawScoresBucket", buckets[0].LogicalId);
        Assert.Equal("PUT", Assert.Single(rule.GetProperty("AllowedMethods").EnumerateArray()).GetString());
        Assert.Equal("ETag", Assert.Single(rule.GetProperty("ExposedHeaders").EnumerateArray()).GetString());
    }

    /// <summary>The one variable that is neither a resource of the template of resources nor a parameter; a local run has its own.</summary>
    [Fact]
    public void Notifier_is_told_where_the_api_is()
    {
        var notifier = Assert.Single(synthesized.Resources("AWS::Lambda::Function"), function => function.GetProperty("FunctionName").GetString() == "result-notifier");
        var told = notifier.GetProperty("Environment").GetProperty("Variables").GetProperty(StatisticsFunctions.ApiUrlVariable);

        Assert.True(JsonElement.DeepEquals(synthesized.Template.GetProperty("Outputs").GetProperty("ApiEndpoint").GetProperty("Value"), told), told.GetRawText());
    }

    /// <summary>The scheduler's call is asynchronous, and Lambda repeats a failed one twice unless told otherwise.</summary>
    [Fact]
    public void Failed_health_check_is_not_repeated()
    {
        var invocation = Assert.Single(synthesized.Stack.OfType("AWS::Lambda::EventInvokeConfig"));

        Assert.Equal("HealthCheckFunction", invocation["FunctionName"].GetProperty("Ref").GetString());
        Assert.Equal("$LATEST", invocation["Qualifier"].GetString());
        Assert.Equal(0, invocation["MaximumRetryAttempts"].GetInt32());
    }

    [Fact]
    public void Every_alarm_has_the_period_of_the_parameter()
    {
        var alarms = synthesized.Resources("AWS::CloudWatch::Alarm").ToArray();

        Assert.True(alarms.Length >= 4, "the depth of the queue, and the dead letters of three");
        Assert.All(alarms, alarm => Assert.Equal("AlarmPeriodSeconds", alarm.GetProperty("Period").GetProperty("Ref").GetString()));
    }

    [Theory]
    [InlineData("AlertsTopicEmail", "AlertEmailGiven")]
    [InlineData("StatisticsTopicEmail", "StatisticsEmailGiven")]
    public void Nobody_is_mailed_without_an_address(string subscription, string condition)
    {
        var resource = Assert.Single(synthesized.Stack.OfType("AWS::SNS::Subscription"), resource => resource.LogicalId == subscription);

        Assert.Equal(condition, resource.Definition.GetProperty("Condition").GetString());
        Assert.Equal("email", resource["Protocol"].GetString());
    }

    [Fact]
    public void Every_function_and_every_dead_letter_queue_has_its_alarms()
    {
        var watched = synthesized.Stack.OfType("AWS::CloudWatch::Alarm")
            .Select(alarm => $"{alarm["MetricName"].GetString()} of {alarm["Dimensions"][0].GetProperty("Value")}").ToHashSet();
        var functions = synthesized.Stack.OfType("AWS::Lambda::Function").Select(function => $$"""of {"Ref": "{{function.LogicalId}}"}""");
        var deadLetters = synthesized.Stack.OfType("AWS::SQS::Queue").Where(queue => queue.LogicalId.EndsWith("Dlq", StringComparison.Ordinal)).ToArray();

        Assert.Equal(3, deadLetters.Length);
        Assert.All(
            [
                .. functions.SelectMany(function => new[] { $"Errors {function}", $"Throttles {function}" }),
                .. deadLetters.Select(queue => $$"""ApproximateNumberOfMessagesVisible of {"Fn::GetAtt": ["{{queue.LogicalId}}", "QueueName"]}"""),
            ],
            expected => Assert.Contains(Compact(expected), watched.Select(Compact)));
        Assert.All(synthesized.Resources("AWS::CloudWatch::Alarm"), alarm => Assert.Equal("AlertsTopic", alarm.GetProperty("AlarmActions")[0].GetProperty("Ref").GetString()));

        static string Compact(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
    }

    [Fact]
    public void Every_resource_with_tags_has_the_seeds_under_this_tools_name()
    {
        var tagged = synthesized.Stack.Resources.Where(resource => resource.Has("Tags")).ToArray();

        Assert.Superset(
            new HashSet<string>
            {
                "AWS::SQS::Queue", "AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SNS::Topic", "AWS::IAM::Role", "AWS::Lambda::Function",
                "AWS::CloudWatch::Alarm", "AWS::Logs::LogGroup", "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage",
            },
            tagged.Select(resource => resource.Type).ToHashSet());
        Assert.All(tagged, resource => Assert.Equal(
            ["Application=quiz-processor", "Environment=production", "ManagedBy=cloudformation"],
            (resource["Tags"].ValueKind == JsonValueKind.Array
                ? resource["Tags"].EnumerateArray().Select(tag => $"{tag.GetProperty("Key")}={tag.GetProperty("Value")}")
                : resource["Tags"].EnumerateObject().Select(tag => $"{tag.Name}={tag.Value}")).Order()));
    }

    /// <summary>The templates as a start of this build would use them, from its cache where there is one.</summary>
    public sealed class Synthesized
    {
        public Synthesized()
        {
            var artifacts = System.IO.Path.Combine(Repository.Root, "artifacts");
            var templates = new TemplateSynthesizer(artifacts, () => NodeLocator.Find(Repository.Tools), TimeProvider.System).Synthesize();
            (Stack, ResourcesAlone) = (new(templates.Stack), new(templates.Resources));
        }

        public TemplateDocument Stack { get; }

        public TemplateDocument ResourcesAlone { get; }

        public IReadOnlyList<TemplateDocument> Both => [Stack, ResourcesAlone];

        public string Path => Stack.Path;

        public JsonElement Template => Stack.Root;

        /// <summary>The properties of every resource of a type.</summary>
        public IEnumerable<JsonElement> Resources(string type) => Stack.OfType(type).Select(resource => resource.Properties);
    }
}
