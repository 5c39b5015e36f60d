using System.Text.Json;
using System.Text.Json.Nodes;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>The published template in a CloudFormation that nobody here wrote, moto's, deployed by a client that nobody here wrote, boto3.</summary>
public sealed class DeploymentTests : IDisposable
{
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("deployment-");

    public void Dispose() => _work.Delete(recursive: true);

    [MotoFact]
    public async Task Published_template_deploys_and_makes_what_it_says()
    {
        var assembly = CloudAssembly.Publish(_work);
        await using var moto = await MotoServer.StartAsync();

        var deployed = JsonElement.Parse(await moto.RunPythonAsync(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "QuizAspire.Tests", "Infrastructure", "deploy.py")),
            [assembly.Template.Path, .. assembly.Code.Select(code => $"{code.Path}={code.Key}")]));

        Assert.Equal("CREATE_COMPLETE", deployed.GetProperty("status").GetString());
        // moto's CloudFormation makes no alarms, and leaves out what would name one.
        Assert.Equal(Names(assembly.Template.Root.GetProperty("Outputs")).Except(["CloudwatchAlarmName"]), Names(deployed.GetProperty("outputs")));
        AssertQueues(assembly.Template, deployed.GetProperty("queues"));
        AssertTables(assembly.Template, deployed.GetProperty("tables"));
        AssertFunctions(assembly.Template, deployed.GetProperty("functions"));
        Assert.Equal(["quiz-processing-alerts", "quiz-statistics"], Names(deployed.GetProperty("topics")));
        Assert.Equal(
            ["quiz-processor True", "result-notifier True", "statistics-calculator True"],
            deployed.GetProperty("sources").EnumerateArray().Select(SourceState).Order());
    }

    private static string SourceState(JsonElement source) =>
        $"{source.GetProperty("FunctionArn").GetString()!.Split(':')[^1]} {source.GetProperty("State").GetString() == "Enabled"}";

    private static void AssertQueues(TemplateDocument template, JsonElement queues)
    {
        string[] attributes =
        [
            "MessageRetentionPeriod", "VisibilityTimeout", "ReceiveMessageWaitTimeSeconds",
            "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit",
        ];
        var view = new DeployedTemplate(template);
        var expected = template.OfType("AWS::SQS::Queue").ToArray();

        Assert.Equal(6, expected.Length);
        Assert.All(expected, queue =>
        {
            var (wanted, actual) = (view.Leaves(queue.LogicalId), queues.GetProperty(queue["QueueName"].GetString()!));
            foreach (var attribute in attributes.Where(wanted.ContainsKey))
                Assert.Equal($"{queue.LogicalId} {attribute} {Text(wanted[attribute])}", $"{queue.LogicalId} {attribute} {actual.GetProperty(attribute).GetString()}");
            if (!wanted.TryGetValue("RedrivePolicy.maxReceiveCount", out var receives))
                return;
            var redrive = JsonElement.Parse(actual.GetProperty("RedrivePolicy").GetString()!);
            Assert.Equal(Text(receives), redrive.GetProperty("maxReceiveCount").ToString());
            Assert.Contains("-dlq", redrive.GetProperty("deadLetterTargetArn").GetString(), StringComparison.Ordinal);
        });
    }

    private static void AssertTables(TemplateDocument template, JsonElement tables)
    {
        var expected = template.OfType("AWS::DynamoDB::Table").ToArray();

        Assert.Equal(5, expected.Length);
        Assert.All(expected, table =>
        {
            var deployed = tables.GetProperty(table["TableName"].GetString()!);
            Assert.True(JsonElement.DeepEquals(table["KeySchema"], deployed.GetProperty("KeySchema")));
            Assert.True(JsonElement.DeepEquals(table["AttributeDefinitions"], deployed.GetProperty("AttributeDefinitions")));
            Assert.Equal("PAY_PER_REQUEST", deployed.GetProperty("BillingModeSummary").GetProperty("BillingMode").GetString());
            Assert.Equal(table.Has("DeletionProtectionEnabled"), deployed.GetProperty("DeletionProtectionEnabled").GetBoolean());
            foreach (var kind in (string[])["LocalSecondaryIndexes", "GlobalSecondaryIndexes"])
                if (table.Has(kind))
                    Assert.True(JsonElement.DeepEquals(IndexKey(table.Properties, kind), IndexKey(deployed, kind)), $"{table.LogicalId} {kind}");
        });
        Assert.Equal(2, expected.Count(table => table.Has("GlobalSecondaryIndexes")));
    }

    private static JsonElement IndexKey(JsonElement table, string kind) => table.GetProperty(kind)[0].GetProperty("KeySchema");

    private static void AssertFunctions(TemplateDocument template, JsonElement functions) => Assert.All(template.OfType("AWS::Lambda::Function"), function =>
    {
        const string variables = "Environment.Variables.";
        // Without those whose condition does not hold.
        var wanted = new DeployedTemplate(template).Leaves(function.LogicalId).Keys
            .Where(path => path.StartsWith(variables, StringComparison.Ordinal)).Select(path => path[variables.Length..]);
        var deployed = functions.GetProperty(function["FunctionName"].GetString()!);
        // moto's CloudFormation knows no architecture.
        foreach (var property in (string[])["Handler", "Runtime", "Timeout", "MemorySize"])
            Assert.Equal($"{property} {Compact(function[property])}", $"{property} {Compact(deployed.GetProperty(property))}");
        Assert.Equal(wanted, Names(deployed.GetProperty("Environment").GetProperty("Variables")));
    });

    private static IEnumerable<string> Names(JsonElement named) => named.EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal);

    private static string Compact(JsonElement value) => JsonSerializer.Serialize(value);

    private static string Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value?.ToJsonString() ?? "";
}
