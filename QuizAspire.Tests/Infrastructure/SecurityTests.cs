using System.Text.Json;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>Rules that hold for every resource of a kind; each first proves that it found the resources it is about.</summary>
public sealed class SecurityTests(QuizStackTests.Synthesized synthesized) : IClassFixture<QuizStackTests.Synthesized>
{
    // Parts of API Gateway's variables that tell who sent a request, and for whom.
    private static readonly string[] Personal = ["identity", "authorizer", "path", "domain"];

    private readonly TemplateDocument _stack = synthesized.Stack;

    [Fact]
    public void Roles_grant_no_wildcard_but_to_tracing_and_to_reading_metrics()
    {
        var statements = RoleStatements().ToArray();

        Assert.InRange(statements.Length, 20, 60);
        Assert.All(statements, statement => Assert.DoesNotContain('*', statement.GetProperty("Action").GetRawText()));
        var open = statements.Where(statement => Text(statement.GetProperty("Resource")) == "*").ToArray();
        // Neither service knows a finer resource. The age of the oldest message, which the health check reads, is nowhere but in CloudWatch.
        Assert.Equal(
            [
                "cloudwatch:GetMetricData",
                .. Enumerable.Repeat("""["xray:PutTraceSegments","xray:PutTelemetryRecords"]""", _stack.OfType("AWS::Lambda::Function").Count()),
            ],
            open.Select(statement => Text(statement.GetProperty("Action"))).OrderDescending().OrderBy(action => action[0] == '['));
        var reader = Assert.Single(_stack.OfType("AWS::IAM::Role"), role => role["RoleName"].GetString() == "quiz-health-check-lambda-role");
        Assert.Contains("cloudwatch:GetMetricData", Text(reader["Policies"]), StringComparison.Ordinal);
        // What is in a bucket is the only other thing that a star stands for.
        Assert.All(statements.Except(open).Where(statement => Text(statement.GetProperty("Resource")).Contains('*', StringComparison.Ordinal)), statement =>
        {
            Assert.All(Actions(statement), action => Assert.StartsWith("s3:", action, StringComparison.Ordinal));
            Assert.EndsWith("""Bucket","Arn"]},"/*"]]}""", Text(statement.GetProperty("Resource")), StringComparison.Ordinal);
        });
    }

    /// <summary>Who may do what to score sheets, statistics and jobs; a right that comes to these must come to this table too.</summary>
    [Theory]
    [InlineData("quiz-api-lambda-role", "RawScoresBucket", "s3:AbortMultipartUpload s3:DeleteObject s3:GetObject s3:ListBucket s3:PutObject")]
    [InlineData("quiz-api-lambda-role", "StatisticsBucket", "s3:GetObject s3:ListBucket")]
    [InlineData("quiz-api-lambda-role", "StatisticsJobsTable", "dynamodb:GetItem dynamodb:PutItem dynamodb:Query")]
    [InlineData("statistics-calculator-lambda-role", "RawScoresBucket", "s3:GetObject s3:ListBucket")]
    [InlineData("statistics-calculator-lambda-role", "StatisticsBucket", "s3:PutObject")]
    [InlineData("statistics-calculator-lambda-role", "StatisticsJobsTable", "dynamodb:GetItem dynamodb:UpdateItem")]
    [InlineData("result-notifier-lambda-role", "RawScoresBucket", "")]
    [InlineData("result-notifier-lambda-role", "StatisticsBucket", "s3:GetObject s3:ListBucket")]
    [InlineData("result-notifier-lambda-role", "StatisticsJobsTable", "dynamodb:GetItem dynamodb:UpdateItem")]
    [InlineData("quiz-processor-lambda-role", "StatisticsJobsTable", "")]
    public void Role_may_do_to_what_the_statistics_are_made_of(string roleName, string resource, string actions)
    {
        var role = Assert.Single(_stack.OfType("AWS::IAM::Role"), role => role["RoleName"].GetString() == roleName);
        var granted = role["Policies"][0].GetProperty("PolicyDocument").GetProperty("Statement").EnumerateArray()
            .Where(statement => Text(statement.GetProperty("Resource")).Contains($"\"{resource}\"", StringComparison.Ordinal))
            .SelectMany(Actions);

        Assert.Equal(actions, string.Join(' ', granted.Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Roles_have_their_one_inline_policy_and_beside_it_only_that_of_telemetry_to_aws()
    {
        var roles = _stack.OfType("AWS::IAM::Role").ToArray();

        Assert.Equal(_stack.OfType("AWS::Lambda::Function").Count() + 1, roles.Length);
        Assert.All(roles, role => Assert.Single(role["Policies"].EnumerateArray()));
        Assert.All(roles, role => Assert.False(role.Has("ManagedPolicyArns"), role.LogicalId));
        Assert.DoesNotContain(_stack.Resources, resource => resource.Type is "AWS::IAM::ManagedPolicy" or "AWS::IAM::User");
        var telemetry = Assert.Single(Found("AWS::IAM::Policy", 1));
        Assert.Equal("TelemetryToAws", telemetry.Definition.GetProperty("Condition").GetString());
        var statement = Assert.Single(Statements(telemetry));
        Assert.Equal("""["xray:PutSpans","xray:PutSpansForIndexing","cloudwatch:PutMetricData"]""", Text(statement.GetProperty("Action")));
        Assert.Equal(
            _stack.OfType("AWS::Lambda::Function").Select(function => Text(function["Role"].GetProperty("Fn::GetAtt")[0])).Order(),
            telemetry["Roles"].EnumerateArray().Select(role => Text(role.GetProperty("Ref"))).Order());
    }

    [Fact]
    public void Every_function_has_a_role_of_its_own()
    {
        var roles = _stack.OfType("AWS::Lambda::Function").Select(function => Text(function["Role"])).ToArray();

        Assert.Equal(5, roles.Length);
        Assert.Distinct(roles);
    }

    [Fact]
    public void Queues_buckets_and_topics_are_encrypted()
    {
        Assert.All(Found("AWS::SQS::Queue", 6), queue => Assert.True(queue["SqsManagedSseEnabled"].GetBoolean(), queue.LogicalId));
        Assert.All(Found("AWS::S3::Bucket", 2), bucket => Assert.Contains("""{"SSEAlgorithm":"AES256"}""", Text(bucket["BucketEncryption"]), StringComparison.Ordinal));
        var key = Assert.Single(Found("AWS::KMS::Key", 1));
        Assert.True(key["EnableKeyRotation"].GetBoolean());
        Assert.All(Found("AWS::SNS::Topic", 2), topic => Assert.Equal($$"""{"Fn::GetAtt":["{{key.LogicalId}}","Arn"]}""", Text(topic["KmsMasterKeyId"])));
    }

    [Theory]
    [InlineData("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues", "sqs:*", 6)]
    [InlineData("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket", "s3:*", 2)]
    // A topic's policy may name only actions on topics.
    [InlineData("AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "Topics", "sns:Publish", 2)]
    public void Nothing_may_be_called_without_tls(string type, string policyType, string of, string action, int count) =>
        Assert.All(Found(type, count), resource =>
        {
            var policy = Assert.Single(_stack.OfType(policyType), policy => Text(policy[of]).Contains($"\"{resource.LogicalId}\"", StringComparison.Ordinal));
            var denial = Assert.Single(Statements(policy), statement => statement.GetProperty("Effect").GetString() == "Deny");

            Assert.Equal(action, denial.GetProperty("Action").GetString());
            Assert.Equal("""{"AWS":"*"}""", Text(denial.GetProperty("Principal")));
            Assert.Equal("""{"Bool":{"aws:SecureTransport":"false"}}""", Text(denial.GetProperty("Condition")));
            Assert.Contains($"\"{resource.LogicalId}\"", Text(denial.GetProperty("Resource")), StringComparison.Ordinal);
            if (type == "AWS::S3::Bucket")
                Assert.Contains("\"/*\"", Text(denial.GetProperty("Resource")), StringComparison.Ordinal);
        });

    [Fact]
    public void Only_alarms_of_this_account_are_let_in_by_a_resources_policy()
    {
        var allowed = _stack.Resources.Where(resource => resource.Type is "AWS::SQS::QueuePolicy" or "AWS::S3::BucketPolicy" or "AWS::SNS::TopicPolicy")
            .SelectMany(Statements).Where(statement => statement.GetProperty("Effect").GetString() == "Allow");

        var alarms = Assert.Single(allowed);
        Assert.Equal("""{"Service":"cloudwatch.amazonaws.com"}""", Text(alarms.GetProperty("Principal")));
        Assert.Equal("""{"StringEquals":{"aws:SourceAccount":{"Ref":"AWS::AccountId"}}}""", Text(alarms.GetProperty("Condition")));
        Assert.Equal("""{"Ref":"AlertsTopic"}""", Text(alarms.GetProperty("Resource")));
    }

    [Fact]
    public void Key_is_the_accounts_to_give_and_the_alarms_to_use()
    {
        var statements = Assert.Single(Found("AWS::KMS::Key", 1))["KeyPolicy"].GetProperty("Statement").EnumerateArray().ToArray();

        Assert.Equal(2, statements.Length);
        Assert.Contains("""{"Ref":"AWS::AccountId"},":root"]""", Text(statements[0].GetProperty("Principal")), StringComparison.Ordinal);
        Assert.Equal("""{"Service":"cloudwatch.amazonaws.com"}""", Text(statements[1].GetProperty("Principal")));
        Assert.Equal("""["kms:Decrypt","kms:GenerateDataKey*"]""", Text(statements[1].GetProperty("Action")));
    }

    [Fact]
    public void Buckets_are_closed_to_the_public()
    {
        Assert.All(Found("AWS::S3::Bucket", 2), bucket =>
        {
            var closed = bucket["PublicAccessBlockConfiguration"].EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetBoolean());
            Assert.Equal(["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"], closed.Keys.Order());
            Assert.DoesNotContain(false, closed.Values);
            Assert.Contains("BucketOwnerEnforced", Text(bucket["OwnershipControls"]), StringComparison.Ordinal);
            Assert.Contains("AbortIncompleteMultipartUpload", Text(bucket["LifecycleConfiguration"]), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Api_takes_no_request_without_a_signature_and_only_it_calls_its_function()
    {
        Assert.Equal("AWS_IAM", Assert.Single(Found("AWS::ApiGatewayV2::Route", 1))["AuthorizationType"].GetString());
        var permission = Assert.Single(Found("AWS::Lambda::Permission", 1));
        Assert.Equal("apigateway.amazonaws.com", permission["Principal"].GetString());
        Assert.Contains("""{"Ref":"HttpApi"},"/*/*"]""", Text(permission["SourceArn"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Access_log_is_json_without_personal_data()
    {
        var format = Assert.Single(Found("AWS::ApiGatewayV2::Stage", 1))["AccessLogSettings"].GetProperty("Format").GetString()!;
        var variables = JsonElement.Parse(format).EnumerateObject().Select(field => field.Value.GetString()!).ToArray();

        Assert.NotEmpty(variables);
        Assert.All(variables, variable => Assert.StartsWith("$context.", variable, StringComparison.Ordinal));
        Assert.DoesNotContain(variables, variable =>
            Personal.Any(personal => variable.Contains(personal, StringComparison.OrdinalIgnoreCase)));
    }

    private IEnumerable<JsonElement> RoleStatements() => _stack.OfType("AWS::IAM::Role")
        .SelectMany(role => role["Policies"].EnumerateArray())
        .SelectMany(policy => policy.GetProperty("PolicyDocument").GetProperty("Statement").EnumerateArray());

    private static IEnumerable<JsonElement> Statements(TemplateEntry policy) => policy["PolicyDocument"].GetProperty("Statement").EnumerateArray();

    private TemplateEntry[] Found(string type, int count)
    {
        var found = _stack.OfType(type).ToArray();
        Assert.Equal(count, found.Length);
        return found;
    }

    private static IEnumerable<string?> Actions(JsonElement statement) => statement.GetProperty("Action") is { ValueKind: JsonValueKind.Array } several
        ? several.EnumerateArray().Select(action => action.GetString())
        : [statement.GetProperty("Action").GetString()];

    /// <summary>A text as it is, anything else as compact JSON.</summary>
    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : JsonSerializer.Serialize(value, Readable);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
