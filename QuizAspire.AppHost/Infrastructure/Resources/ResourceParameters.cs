using Amazon.CDK;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>What an operator may change about queues and topics at deployment, without touching the template.</summary>
internal sealed class ResourceParameters
{
    private const int LongestVisibility = 43200;
    private const string Email = @"[^@\s]+@[^@\s]+\.[^@\s]+";

    // What CloudWatch takes and what divides evenly: an alarm looks back over whole periods.
    private static readonly int[] AlarmPeriods = [10, 20, 30, 60, 120, 180, 300, 600, 900, 1800, 3600];

    // AWS's guidance for an event source; the seed gives the queues of statistics no numbers.
    private const int VisibilityPerFunctionTimeout = 6;

    /// <param name="deployed">
    /// Is it for AWS, with the functions? Lambda refuses to create an event source with less than the function's timeout, but lets an update of
    /// the queue do it; and SQS and Lambda measure every minute. A local run may take less, to see redelivery and alarms without waiting.
    /// </param>
    public ResourceParameters(Construct stack, bool deployed = false)
    {
        AlertEmail = stack.OptionalParameter("AlertEmail", Email, "Email address for alarms and health alerts; nobody is told when empty.");
        StatisticsEmail = stack.OptionalParameter("StatisticsEmail", Email, "Email address for finished statistics; nobody is told when empty.");
        VisibilityTimeoutSeconds = stack.NumberParameter(
            "VisibilityTimeoutSeconds", 70, Least(FunctionTimeouts.QuizProcessorSeconds), LongestVisibility,
            "Seconds for which a received submission is hidden from other receivers; Lambda wants at least the function's timeout (60). " +
            "AWS's guidance for throttled sources is 6 times that timeout.");
        StatisticsVisibilityTimeoutSeconds = stack.NumberParameter("StatisticsVisibilityTimeoutSeconds",
            VisibilityPerFunctionTimeout * FunctionTimeouts.StatisticsCalculatorSeconds,
            Least(FunctionTimeouts.StatisticsCalculatorSeconds), LongestVisibility,
            "Seconds for which a received request for statistics is hidden from other receivers: 6 times the function's timeout, as AWS advises.");
        NotificationVisibilityTimeoutSeconds = stack.NumberParameter("NotificationVisibilityTimeoutSeconds",
            VisibilityPerFunctionTimeout * FunctionTimeouts.ResultNotifierSeconds, Least(FunctionTimeouts.ResultNotifierSeconds), LongestVisibility,
            "Seconds for which a received note of finished statistics is hidden from other receivers: " +
            "6 times the function's timeout, as AWS advises.");
        MaxReceiveCount = stack.NumberParameter("MaxReceiveCount", 3, 1, 1000,
            "Times that a submission is received before it goes to the dead-letter queue; AWS's guidance for throttled sources is 5 or more.");
        AlarmPeriodSeconds = stack.ChoiceParameter("AlarmPeriodSeconds", 300, AlarmPeriods.Where(period => period >= Least(60, 10)),
            "Seconds that a data point of every alarm covers; the alarm on the depth of the queue wants two of them in a row.");

        var highThroughput = new CfnParameter(stack, "HighThroughputFifo", new CfnParameterProps
        {
            Type = "String",
            Default = "true",
            AllowedValues = ["true", "false"],
            Description = "true: the limit of 300 calls per second holds for each student; false: for the whole queue.",
        });
        HighThroughput = new CfnCondition(stack, "HighThroughput", new CfnConditionProps
        {
            Expression = Fn.ConditionEquals(highThroughput.ValueAsString, "true"),
        });

        double Least(int onAws, int here = 1) => deployed ? onAws : here;
    }

    public OptionalParameter AlertEmail { get; }

    public OptionalParameter StatisticsEmail { get; }

    public CfnCondition HighThroughput { get; }

    /// <summary>
    /// The function's timeout (60 s) and a margin: a message must not come back while it is being scored. A local run may take less, to see
    /// redelivery without waiting for it.
    /// </summary>
    public double VisibilityTimeoutSeconds { get; }

    public double StatisticsVisibilityTimeoutSeconds { get; }

    public double NotificationVisibilityTimeoutSeconds { get; }

    public double MaxReceiveCount { get; }

    /// <summary>
    /// SQS and Lambda measure every minute, so that an alarm with less in AWS would see periods without data. A local run may take less, to see
    /// an alarm without waiting for it.
    /// </summary>
    public double AlarmPeriodSeconds { get; }
}
