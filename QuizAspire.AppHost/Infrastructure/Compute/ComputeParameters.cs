using Amazon.CDK;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>What an operator may change about functions and API at deployment, without touching the template.</summary>
internal sealed class ComputeParameters
{
    // Numbers and fields are for EventBridge Scheduler to judge; this tells a typing error before anything is deployed.
    private const string ScheduleExpression =
        @"^(rate\([1-9][0-9]{0,8} (minutes?|hours?|days?)\)|cron\([^()]{11,200}\)|at\([0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}\))$";

    public ComputeParameters(Construct stack)
    {
        MaximumConcurrency = stack.NumberParameter("MaximumConcurrency", 5, 2, 1000,
            "Instances of the scoring function that the submissions queue may keep busy at once.");
        LogRetentionDays = new CfnParameter(stack, "LogRetentionDays", new CfnParameterProps
        {
            Type = "Number",
            Default = "30",
            // What CloudWatch knows.
            AllowedValues =
            [
                "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400", "545", "731",
                "1096", "1827", "2192", "2557", "2922", "3288", "3653",
            ],
            Description = "Days for which logs are kept.",
        }).ValueAsNumber;
        TraceSamplingRatio = stack.NumberParameter("TraceSamplingRatio", 0.05, 0, 1,
            "Share of the requests that are traced, from 0 to 1, where the caller has not decided.");
        ApiThrottlingRate = stack.NumberParameter("ApiThrottlingRate", 1000, 1, 100000,
            "Requests per second that the API takes in the long run; more are refused with 429. An account starts with 10000 for all its APIs.");
        ApiThrottlingBurst = stack.NumberParameter("ApiThrottlingBurst", 2000, 1, 50000,
            "Requests that the API takes at once; more are refused with 429. An account starts with 5000 for all its APIs.");
        HealthCheckExpression = stack.TextParameter("HealthCheckExpression", "rate(5 minutes)", ScheduleExpression,
            "must be rate(5 minutes), cron(0/5 * * * ? *) or at(2026-11-22T05:00:00), with values of its own",
            "When the queues are looked at: a rate, cron or at expression of EventBridge Scheduler, in UTC.");
        DeadLetterThreshold = stack.NumberParameter("DeadLetterThreshold", 10, 0, 1000000,
            "Messages in a dead-letter queue above which the health check alerts.");
        QueueThreshold = stack.NumberParameter("QueueThreshold", 500, 0, 1000000,
            "Messages in any other queue, waiting and in flight, above which the health check alerts.");
        AssetsBucket = stack.OptionalParameter("AssetsBucket", "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
            "Bucket to which the packages were copied, each under its file name without 'asset.'; when empty, the bucket of the account's CDK bootstrap.");
    }

    public double MaximumConcurrency { get; }

    public double LogRetentionDays { get; }

    public double TraceSamplingRatio { get; }

    public double ApiThrottlingRate { get; }

    public double ApiThrottlingBurst { get; }

    public string HealthCheckExpression { get; }

    public double DeadLetterThreshold { get; }

    public double QueueThreshold { get; }

    public OptionalParameter AssetsBucket { get; }
}
