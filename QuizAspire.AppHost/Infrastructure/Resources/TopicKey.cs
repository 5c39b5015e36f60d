using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>The key of both topics. Under SNS's own key (alias/aws/sns) no alarm could publish: that key's policy cannot be changed.</summary>
internal static class TopicKey
{
    public static CfnKey Add(Construct scope)
    {
        var key = new CfnKey(scope, "TopicKey", new CfnKeyProps
        {
            Description = "Encrypts what is published to the topics of QuizAspire.",
            EnableKeyRotation = true,
            // The least there is: messages are under the key only on their way.
            PendingWindowInDays = 7,
            KeyPolicy = new PolicyDocument(new PolicyDocumentProps { Statements = [AccountDecides(), AlarmsMayPublish()] }),
        });
        key.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
        return key;
    }

    /// <summary>Leaves it to the account's IAM policies who may use the key; without this nobody could ever change it again.</summary>
    private static PolicyStatement AccountDecides() => new(new PolicyStatementProps
    {
        Sid = "AccountDecides",
        Principals = [new AccountRootPrincipal()],
        Actions = ["kms:*"],
        Resources = ["*"],
    });

    /// <summary>Of which account, the topic's policy says: CloudWatch is not documented to name it to the key.</summary>
    private static PolicyStatement AlarmsMayPublish() => new(new PolicyStatementProps
    {
        Sid = "AlarmsMayPublish",
        Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
        Actions = ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resources = ["*"],
    });
}
