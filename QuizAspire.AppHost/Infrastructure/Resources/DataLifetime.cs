using Amazon.CDK;

namespace QuizAspire.AppHost.Infrastructure.Resources;

internal static class DataLifetime
{
    /// <summary>
    /// Data that is kept is not kept when the very deployment that creates its resource is rolled back: there is none yet, and an empty queue
    /// or bucket left behind would hold its name against the next attempt.
    /// </summary>
    public static void ApplyDataPolicy(this CfnResource resource, RemovalPolicy data) =>
        resource.ApplyRemovalPolicy(data == RemovalPolicy.RETAIN ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : data);
}
