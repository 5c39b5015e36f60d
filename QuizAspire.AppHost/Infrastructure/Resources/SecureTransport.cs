using Amazon.CDK.AWS.IAM;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>Nobody may call a resource without TLS, whatever else they are allowed.</summary>
internal static class SecureTransport
{
    public static PolicyStatement Only(string action, params string[] resources) => new(new PolicyStatementProps
    {
        Sid = "OnlyWithTls",
        Effect = Effect.DENY,
        Principals = [new AnyPrincipal()],
        Actions = [action],
        Resources = resources,
        Conditions = new Dictionary<string, object> { ["Bool"] = new Dictionary<string, object> { ["aws:SecureTransport"] = "false" } },
    });

    public static PolicyDocument Policy(params PolicyStatement[] statements) => new(new PolicyDocumentProps { Statements = statements });
}
