using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Resources;

/// <summary>Where alerts and finished statistics are told, each to an email address if one is given.</summary>
internal sealed class QuizTopics
{
    private readonly Construct _scope;

    public QuizTopics(Construct scope, ResourceParameters parameters)
    {
        _scope = scope;
        Key = TopicKey.Add(scope);
        Alerts = Topic("AlertsTopic", "quiz-processing-alerts", parameters.AlertEmail, AlarmsMayPublish);
        Statistics = Topic("StatisticsTopic", "quiz-statistics", parameters.StatisticsEmail);
    }

    public CfnTopic Alerts { get; }

    public CfnTopic Statistics { get; }

    /// <summary>The key that publishing to a topic needs.</summary>
    public CfnKey Key { get; }

    private CfnTopic Topic(string id, string name, OptionalParameter email, params Func<CfnTopic, PolicyStatement>[] allowed)
    {
        var topic = new CfnTopic(_scope, id, new CfnTopicProps { TopicName = name, KmsMasterKeyId = Key.AttrArn });
        _ = new CfnTopicPolicy(_scope, $"{id}Policy", new CfnTopicPolicyProps
        {
            Topics = [topic.Ref],
            PolicyDocument = SecureTransport.Policy([.. allowed.Select(statement => statement(topic)), SecureTransport.Only("sns:Publish", topic.Ref)]),
        });
        var subscription = new CfnSubscription(_scope, $"{id}Email", new CfnSubscriptionProps
        {
            TopicArn = topic.Ref,
            Protocol = "email",
            Endpoint = email.Value,
        });
        subscription.CfnOptions.Condition = email.Given;
        return topic;
    }

    /// <summary>A policy of ours replaces the one that lets the account's alarms in.</summary>
    private static PolicyStatement AlarmsMayPublish(CfnTopic topic) => new(new PolicyStatementProps
    {
        Sid = "AlarmsOfThisAccount",
        Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
        Actions = ["sns:Publish"],
        Resources = [topic.Ref],
        Conditions = new Dictionary<string, object>
        {
            ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Aws.ACCOUNT_ID },
        },
    });
}
