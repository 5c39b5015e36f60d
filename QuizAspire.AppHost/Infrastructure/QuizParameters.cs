using Amazon.CDK;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>What an operator may change at deployment without touching the template.</summary>
internal sealed class QuizParameters(Construct stack)
{
    /// <summary>
    /// The function's timeout (60 s) and a margin: a message must not come back while it is being scored. Lambda refuses an event source
    /// with less; a local run may take less, to see redelivery without waiting for it.
    /// </summary>
    public double VisibilityTimeoutSeconds { get; } = Number(stack, "VisibilityTimeoutSeconds", 70, 1, 43200,
        "Seconds for which a received submission is hidden from other receivers; at least the function's timeout.");

    public double MaxReceiveCount { get; } = Number(stack, "MaxReceiveCount", 3, 1, 1000,
        "Times that a submission is received before it goes to the dead-letter queue.");

    public double MaximumConcurrency { get; } = Number(stack, "MaximumConcurrency", 5, 2, 1000,
        "Instances of the scoring function that the submissions queue may keep busy at once.");

    private static double Number(Construct stack, string name, int value, int least, int most, string description) =>
        new CfnParameter(stack, name, new CfnParameterProps
        {
            Type = "Number",
            Default = value,
            MinValue = least,
            MaxValue = most,
            Description = description,
        }).ValueAsNumber;
}
