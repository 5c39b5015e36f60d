using System.Text.Json;
using QuizAspire.AppHost.Infrastructure.Compute;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>What becomes of data, logs and secrets; each rule first proves that it found the resources it is about.</summary>
public sealed class DataProtectionTests(QuizStackTests.Synthesized synthesized) : IClassFixture<QuizStackTests.Synthesized>
{
    private const string Memory = "quiz-health-state";
    private static readonly string[] Lifetimes = ["DeletionPolicy", "UpdateReplacePolicy"];

    [Fact]
    public void Data_outlives_the_stack()
    {
        var data = Data(synthesized.Stack);

        Assert.Equal(8, data.Length);
        Assert.All(data, resource => Assert.Equal("Retain", resource.Definition.GetProperty("UpdateReplacePolicy").GetString()));
        // Of a deployment that is rolled back nothing may stay that holds a name: but a rollback cannot delete a table that is protected.
        Assert.All(data, resource => Assert.Equal(
            resource.Type == "AWS::DynamoDB::Table" ? "Retain" : "RetainExceptOnCreate", resource.Definition.GetProperty("DeletionPolicy").GetString()));
        Assert.All(data.Where(resource => resource.Type == "AWS::DynamoDB::Table"), table => Assert.True(table["DeletionProtectionEnabled"].GetBoolean()));
    }

    [Fact]
    public void Developers_data_goes_with_the_stack()
    {
        var data = Data(synthesized.ResourcesAlone);

        Assert.Equal(8, data.Length);
        Assert.All(data, resource => Assert.All(Lifetimes, lifetime => Assert.Equal("Delete", resource.Definition.GetProperty(lifetime).GetString())));
        Assert.All(data.Where(resource => resource.Type == "AWS::DynamoDB::Table"), table => Assert.False(table["DeletionProtectionEnabled"].GetBoolean()));
    }

    [Fact]
    public void Tables_can_be_put_back_to_any_second()
    {
        var tables = synthesized.Resources("AWS::DynamoDB::Table").ToArray();

        tables = [.. tables.Where(table => table.GetProperty("TableName").GetString() != Memory)];
        Assert.Equal(4, tables.Length);
        Assert.All(tables, table => Assert.True(table.GetProperty("PointInTimeRecoverySpecification").GetProperty("PointInTimeRecoveryEnabled").GetBoolean()));
    }

    [Fact]
    public void Every_function_logs_into_a_group_with_a_retention()
    {
        var groups = synthesized.Stack.OfType("AWS::Logs::LogGroup").ToDictionary(group => group.LogicalId);
        var functions = synthesized.Stack.OfType("AWS::Lambda::Function").ToArray();

        Assert.Equal(5, functions.Length);
        Assert.All(functions, function => Assert.Equal(
            $"/aws/lambda/{function["FunctionName"]}",
            groups[function["LoggingConfig"].GetProperty("LogGroup").GetProperty("Ref").GetString()!]["LogGroupName"].GetString()));
        Assert.All(groups.Values, group => Assert.Equal("LogRetentionDays", group["RetentionInDays"].GetProperty("Ref").GetString()));
    }

    [Fact]
    public void Every_function_is_traced()
    {
        var modes = synthesized.Resources("AWS::Lambda::Function").Select(function => function.GetProperty("TracingConfig").GetProperty("Mode").GetString());

        Assert.Equal(Enumerable.Repeat("Active", 5), modes);
    }

    /// <summary>A variable is a name of a resource by the output that names it, a parameter, or one of these, none of which is a secret.</summary>
    [Fact]
    public void Environment_holds_no_secret_and_refers_to_resources_by_outputs_alone()
    {
        // The number is the receives of a message of the statistics.
        string[] literals = ["quiz-processor", "quiz-queue-health-check", "statistics-calculator", "result-notifier", "5", "parentbased_traceidratio"];
        var outputs = synthesized.ResourcesAlone.Root.GetProperty("Outputs");
        var parameters = synthesized.Template.GetProperty("Parameters");
        var variables = synthesized.Resources("AWS::Lambda::Function")
            .SelectMany(function => function.GetProperty("Environment").GetProperty("Variables").EnumerateObject()).ToArray();

        Assert.InRange(variables.Length, 25, 80);
        Assert.All(variables, variable =>
        {
            if (variable.Name.StartsWith("AWS__Resources__", StringComparison.Ordinal))
                Assert.True(JsonElement.DeepEquals(outputs.GetProperty(variable.Name["AWS__Resources__".Length..]).GetProperty("Value"), variable.Value), variable.Name);
            else if (variable.Name == StatisticsFunctions.ApiUrlVariable)
                Assert.True(JsonElement.DeepEquals(synthesized.Template.GetProperty("Outputs").GetProperty("ApiEndpoint").GetProperty("Value"), variable.Value));
            else if (variable.Value.ValueKind == JsonValueKind.String)
                Assert.Contains(variable.Value.GetString(), literals);
            else if (variable.Value.TryGetProperty("Fn::If", out var telemetry))
                // What it may be is in TelemetryEndpointTests: public addresses, and the parameter's.
                Assert.Equal("TelemetryGiven", telemetry[0].GetString());
            else
                Assert.True(parameters.TryGetProperty(variable.Value.GetProperty("Ref").GetString()!, out _), variable.Name);
        });
        Assert.DoesNotContain(parameters.EnumerateObject(), parameter => parameter.Value.TryGetProperty("NoEcho", out _));
    }

    /// <summary>Without it the health check tells once more what it has told: nothing worth a table that a new deployment finds in its way.</summary>
    [Fact]
    public void Memory_of_the_health_check_goes_with_the_stack()
    {
        var table = Assert.Single(synthesized.Stack.OfType("AWS::DynamoDB::Table"), table => table["TableName"].GetString() == Memory);

        Assert.All(Lifetimes, lifetime => Assert.Equal("Delete", table.Definition.GetProperty(lifetime).GetString()));
        Assert.False(table.Has("DeletionProtectionEnabled"));
        Assert.False(table.Has("PointInTimeRecoverySpecification"));
    }

    /// <summary>What cannot be made again: tables, buckets, and the queues that alone have the answers of a submission.</summary>
    private static TemplateEntry[] Data(TemplateDocument template) => [.. template.Resources.Where(resource =>
        (resource.Type == "AWS::DynamoDB::Table" && resource["TableName"].GetString() != Memory) || resource.Type == "AWS::S3::Bucket"
        || (resource.Type == "AWS::SQS::Queue" && resource["QueueName"].GetString()!.StartsWith("quiz-submissions", StringComparison.Ordinal)))];
}
