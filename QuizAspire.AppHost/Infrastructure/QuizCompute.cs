using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>What runs: the functions, what they may do, and what calls them.</summary>
internal sealed class QuizCompute : Construct
{
    private const string ProcessorName = "quiz-processor";

    public QuizCompute(Construct scope, QuizParameters parameters, QuizResources resources, FunctionPackages? packages)
        : base(scope, "Compute")
    {
        var logs = new LogGroup(this, "ProcessorLogs", new LogGroupProps
        {
            LogGroupName = $"/aws/lambda/{ProcessorName}",
            Retention = RetentionDays.ONE_MONTH,
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        QuizProcessor = new Function(this, "Processor", new FunctionProps
        {
            FunctionName = ProcessorName,
            Description = "Scores the submissions of the queue and keeps the results.",
            // Not every CDK that this solution is built with knows the runtime by a constant.
            Runtime = new Runtime("dotnet10", RuntimeFamily.DOTNET_CORE),
            Architecture = packages?.Architecture == "x64" ? Architecture.X86_64 : Architecture.ARM_64,
            // An executable assembly: its name is the handler.
            Handler = "QuizAspire.Functions",
            Code = Package(),
            Timeout = Duration.Seconds(60),
            MemorySize = 512,
            Tracing = Tracing.ACTIVE,
            LogGroup = logs,
            // The role as it stands: otherwise the CDK adds a policy resource of its own to it.
            Role = ProcessorRole(resources, logs).WithoutPolicyUpdates(),
            Environment = new Dictionary<string, string>
            {
                ["QUIZASPIRE_FUNCTION"] = ProcessorName,
                ["QUIZASPIRE_MAX_RECEIVE_COUNT"] = Token.AsString(parameters.MaxReceiveCount),
                ["AWS__Resources__DynamodbTableName"] = resources.Results.Ref,
                ["AWS__Resources__QuizzesTableName"] = resources.Quizzes.Ref,
            },
        });
        // The CDK orders the function after its role, which the reference to the role's ARN does already (cfn-lint W3005).
        ((CfnFunction)QuizProcessor.Node.DefaultChild!).AddDeletionOverride("DependsOn");
        // A FIFO source has no batching window.
        _ = new EventSourceMapping(this, "ProcessorSubmissions", new EventSourceMappingProps
        {
            Target = QuizProcessor,
            EventSourceArn = resources.Submissions.QueueArn,
            BatchSize = 10,
            ReportBatchItemFailures = true,
            MaxConcurrency = parameters.MaximumConcurrency,
        });
    }

    public Function QuizProcessor { get; }

    private Role ProcessorRole(QuizResources resources, LogGroup logs) => new(this, "ProcessorRole", new RoleProps
    {
        RoleName = $"{ProcessorName}-lambda-role",
        AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
        InlinePolicies = new Dictionary<string, PolicyDocument>
        {
            [$"{ProcessorName}-lambda-policy"] = new(new PolicyDocumentProps
            {
                Statements =
                [
                    Allow(resources.Submissions.QueueArn, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
                    Allow(resources.Results.AttrArn, "dynamodb:BatchWriteItem", "dynamodb:PutItem"),
                    Allow(resources.Quizzes.AttrArn, "dynamodb:GetItem"),
                    Allow(logs.LogGroupArn, "logs:CreateLogStream", "logs:PutLogEvents"),
                    // X-Ray knows no finer resource for these.
                    Allow("*", "xray:PutTraceSegments", "xray:PutTelemetryRecords"),
                ],
            }),
        },
    });

    private static PolicyStatement Allow(string resource, params string[] actions) =>
        new(new PolicyStatementProps { Actions = actions, Resources = [resource] });

    // Where the functions' code is, and nowhere else: a local run does not read it, and as nothing is published yet it does not exist.
    private S3Code Package() => Code.FromBucket(Bucket.FromBucketName(this, "Unpublished", "quizaspire-unpublished"), "functions.zip");
}
