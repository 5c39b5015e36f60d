using static QuizAspire.Tests.Infrastructure.SeedRow;

namespace QuizAspire.Tests.Infrastructure;

internal static partial class SeedTable
{
    private static readonly string[] Arm64 = ["arm64"];

    private const string Variables = "Environment.Variables";
    private const string OneExecutable = "one executable holds every function, and this says which one it is to be";
    private const string Built = "publishing builds the package; the seed's holds one file and lacks the X-Ray SDK that it imports";
    private const string Redriven = "a redriven dead letter without an identity finds its result by the mark that its failure left";
    private const string Remembers = "an alert is told when it is new, not at every run: what was told last is in a table";
    private const string Watched = "the queues of the statistics pipeline are watched too";

    public static readonly SeedResource[] Functions =
    [
        new("aws_lambda_function.quiz_processor", "AWS::Lambda::Function", ("FunctionName", "quiz-processor"),
        [
            Same("function_name", "quiz-processor", "FunctionName"),
            Same("role", "aws_iam_role.lambda_execution_role.arn", "Role"),
            Differs("handler", "quiz_processor.lambda_handler", "Handler", "QuizAspire.Functions", "the name of an executable assembly is its handler"),
            Same("timeout", 60, "Timeout"),
            Same("memory_size", 512, "MemorySize"),
            Same("environment.variables.DYNAMODB_TABLE_NAME", "aws_dynamodb_table.quiz_results.name", $"{Variables}.AWS__Resources__DynamodbTableName"),
            Absent("environment.variables.AWS_XRAY_TRACING_NAME", "quiz-processor", "OpenTelemetry names the service, and takes the function's name"),
            .. EveryFunction("lambda_function.zip", "lambda_zip", "ProcessorLogs"),
            Added("Description", "Scores the submissions of the queue and keeps the results.", "for whoever looks at a list of functions"),
            Added($"{Variables}.QUIZASPIRE_FUNCTION", "quiz-processor", OneExecutable),
            Added($"{Variables}.QUIZASPIRE_MAX_RECEIVE_COUNT", 3, "on its last receive a submission that cannot be scored gets a failed result"),
            Added($"{Variables}.AWS__Resources__QuizzesTableName", "QuizzesTable", "answer keys come from the stored quiz"),
            Added($"{Variables}.AWS__Resources__SubmissionsTableName", "AcceptedSubmissionsTable", Redriven),
        ]),
        new("aws_lambda_function.health_check", "AWS::Lambda::Function", ("FunctionName", "quiz-queue-health-check"),
        [
            Same("function_name", "quiz-queue-health-check", "FunctionName"),
            Same("role", "aws_iam_role.health_check_role.arn", "Role"),
            Differs("handler", "health_check.lambda_handler", "Handler", "QuizAspire.Functions", "the name of an executable assembly is its handler"),
            Same("timeout", 30, "Timeout"),
            Same("memory_size", 256, "MemorySize"),
            Same("environment.variables.QUEUE_URL", "aws_sqs_queue.quiz_submissions_fifo.id", $"{Variables}.AWS__Resources__SqsQueueUrl"),
            Same("environment.variables.DLQ_URL", "aws_sqs_queue.quiz_submissions_dlq.id", $"{Variables}.AWS__Resources__DlqUrl"),
            Same("environment.variables.SNS_TOPIC_ARN", "aws_sns_topic.alerts.arn", $"{Variables}.AWS__Resources__SnsTopicArn"),
            Same("health_check.py: messages in the DLQ >", 10, $"{Variables}.QUIZASPIRE_DLQ_THRESHOLD"),
            Same("health_check.py: messages in the main queue >", 500, $"{Variables}.QUIZASPIRE_QUEUE_THRESHOLD"),
            .. EveryFunction("health_check.zip", "health_check_zip", "HealthCheckLogs"),
            Added("Description", "Alerts when too much waits in a queue or among its dead letters.", "for whoever looks at a list of functions"),
            Added($"{Variables}.QUIZASPIRE_FUNCTION", "quiz-queue-health-check", OneExecutable),
            Added($"{Variables}.AWS__Resources__HealthStateTableName", "HealthStateTable", Remembers),
            Added($"{Variables}.AWS__Resources__StatisticsRequestsQueueUrl", "StatisticsRequestsQueue", Watched),
            Added($"{Variables}.AWS__Resources__StatisticsRequestsDlqUrl", "StatisticsRequestsDlq", Watched),
            Added($"{Variables}.AWS__Resources__StatisticsCompletedQueueUrl", "StatisticsCompletedQueue", Watched),
            Added($"{Variables}.AWS__Resources__StatisticsCompletedDlqUrl", "StatisticsCompletedDlq", Watched),
        ]),
        Archive("lambda_zip", "quiz_processor.py", "lambda_function.zip"),
        Archive("health_check_zip", "health_check.py", "health_check.zip"),
    ];

    public static readonly SeedResource[] EventSources =
    [
        new("aws_lambda_event_source_mapping.sqs_lambda_trigger", "AWS::Lambda::EventSourceMapping", ("FunctionName", "aws_lambda_function.quiz_processor.arn"),
        [
            Same("event_source_arn", "aws_sqs_queue.quiz_submissions_fifo.arn", "EventSourceArn"),
            Same("function_name", "aws_lambda_function.quiz_processor.arn", "FunctionName"),
            Same("batch_size", 10, "BatchSize"),
            Absent("maximum_batching_window_in_seconds", 5, "a FIFO source has no batching window: Lambda refuses it"),
            Same("scaling_config.maximum_concurrency", 5, "ScalingConfig.MaximumConcurrency"),
            Added("FunctionResponseTypes", new[] { "ReportBatchItemFailures" }, "the seed's batch fails as a whole: nine good submissions are scored again"),
            Tags with { Seed = null, Value = null, Because = "the seed's mapping has none; whatever can be tagged here is" },
        ]),
    ];

    private static SeedRow[] EveryFunction(string zip, string archive, string logs) =>
    [
        Differs("filename", zip, "Code.S3Key", "functions.zip", "the package of all functions; publishing puts the hash of its bytes here"),
        Absent("source_code_hash", $"data.archive_file.{archive}.output_base64sha256", "the key of the published package is its hash"),
        Added("Code.S3Bucket", "quizaspire-unpublished", "CloudFormation takes code from a bucket; publishing puts the real one here"),
        Differs("runtime", "python3.11", "Runtime", "dotnet10", "the functions are written in C#"),
        Same("tracing_config.mode", "Active", "TracingConfig.Mode"),
        Tags,
        Added("Architectures", Arm64, "a fifth cheaper per second than x86_64, which publishing can choose instead"),
        Added("LoggingConfig.LogGroup", logs, "the stack makes the log group, with a retention, before the function writes to it"),
        Added("LoggingConfig.LogFormat", "JSON", "a query finds a request's lines by its id"),
        Added($"{Variables}.OTEL_TRACES_SAMPLER", "parentbased_traceidratio", "the share of traced requests is a parameter"),
        Added($"{Variables}.OTEL_TRACES_SAMPLER_ARG", 0.05, "the share of traced requests is a parameter"),
    ];

    private static SeedResource Archive(string address, string source, string zip) => new($"data.archive_file.{address}", null, default,
        Absent("type", "zip", Built),
        Absent("source_file", source, Built),
        Absent("output_path", zip, Built));
}
