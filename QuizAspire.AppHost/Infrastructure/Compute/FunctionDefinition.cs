using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>What one function is, beside what all have in common.</summary>
internal sealed record FunctionDefinition(string Name, string Description, int TimeoutSeconds, int MemoryMegabytes)
{
    /// <summary>An executable assembly: its name is the handler.</summary>
    public string Handler { get; init; } = "QuizAspire.Functions";

    public required CfnFunction.CodeProperty Code { get; init; }

    public required string RoleName { get; init; }

    /// <summary>Beside logs and traces, which every function may write.</summary>
    public required IReadOnlyList<PolicyStatement> Permissions { get; init; }

    /// <summary>Names of the stack's outputs that the function looks up, each in a variable that Aspire's AWS integration too would set.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>
    /// Variables of its own; they depend on nothing but parameters, as the function also runs locally against another stack. The API's address is the
    /// exception: a local run has its own.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
