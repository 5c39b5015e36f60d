using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>A role that a service of AWS takes, with one inline policy named after it.</summary>
internal sealed class ServiceRole : CfnRole
{
    private const string Suffix = "-role";

    /// <param name="name">Ends with <c>-role</c>; the policy ends with <c>-policy</c> instead.</param>
    private ServiceRole(Construct scope, string name, PolicyStatementProps trust, PolicyStatement[] permissions)
        : base(scope, "Role", new CfnRoleProps
        {
            RoleName = name,
            AssumeRolePolicyDocument = new PolicyDocument(new PolicyDocumentProps { Statements = [new PolicyStatement(trust)] }),
            Policies = new[]
            {
                new PolicyProperty
                {
                    PolicyName = $"{name[..^Suffix.Length]}-policy",
                    PolicyDocument = new PolicyDocument(new PolicyDocumentProps { Statements = permissions }),
                },
            },
        })
    {
    }

    public static ServiceRole ForLambda(Construct scope, string name, params PolicyStatement[] permissions) =>
        new(scope, name, Trust("lambda.amazonaws.com"), permissions);

    /// <summary>The scheduler works for many accounts at once: it may take the role only for a schedule of this one.</summary>
    public static ServiceRole ForScheduler(Construct scope, string name, params PolicyStatement[] permissions)
    {
        var trust = Trust("scheduler.amazonaws.com");
        trust.Conditions = new Dictionary<string, object>
        {
            ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Aws.ACCOUNT_ID },
        };
        return new(scope, name, trust, permissions);
    }

    private static PolicyStatementProps Trust(string service) => new() { Actions = ["sts:AssumeRole"], Principals = [new ServicePrincipal(service)] };
}
