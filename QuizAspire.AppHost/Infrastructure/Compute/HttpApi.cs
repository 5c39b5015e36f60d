using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.Lambda;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>
/// API Gateway before the API's function: every request goes to it, none without a signature of this account, until students and teachers
/// sign in with a token.
/// </summary>
internal sealed class HttpApi : Construct
{
    private const string Stage = "$default";

    public HttpApi(Construct scope, ComputeContext context, QuizFunction function)
        : base(scope, "Http")
    {
        var api = new CfnApi(this, "Api", new CfnApiProps
        {
            Name = "quiz-api",
            Description = "Quizzes, submissions and results.",
            ProtocolType = "HTTP",
        });
        var integration = new CfnIntegration(this, "Integration", new CfnIntegrationProps
        {
            ApiId = api.Ref,
            IntegrationType = "AWS_PROXY",
            IntegrationUri = function.Arn,
            PayloadFormatVersion = "2.0",
        });
        _ = new CfnRoute(this, "Route", new CfnRouteProps
        {
            ApiId = api.Ref,
            RouteKey = "$default",
            AuthorizationType = "AWS_IAM",
            Target = $"integrations/{integration.Ref}",
        });
        // Under this prefix API Gateway need not be named in the account's policy of log groups, whose length is limited.
        var logs = new QuizLogs(this, "AccessLogs", "/aws/vendedlogs/quiz-api-access", context.Parameters);
        _ = new CfnStage(this, "Stage", new CfnStageProps
        {
            ApiId = api.Ref,
            StageName = Stage,
            AutoDeploy = true,
            DefaultRouteSettings = new CfnStage.RouteSettingsProperty
            {
                ThrottlingRateLimit = context.Parameters.ApiThrottlingRate,
                ThrottlingBurstLimit = context.Parameters.ApiThrottlingBurst,
            },
            AccessLogSettings = new CfnStage.AccessLogSettingsProperty { DestinationArn = logs.AttrArn, Format = AccessLog.Format },
        });
        _ = new CfnPermission(this, "Permission", new CfnPermissionProps
        {
            FunctionName = function.Function.Ref,
            Action = "lambda:InvokeFunction",
            Principal = "apigateway.amazonaws.com",
            SourceArn = $"arn:{Aws.PARTITION}:execute-api:{Aws.REGION}:{Aws.ACCOUNT_ID}:{api.Ref}/*/*",
        });
        // The API answers 503 by intention when it cannot keep up, so a single one is no alarm.
        _ = new QuizAlarm(
            this, "ErrorsAlarm", context.Resources.Topics.Alerts.Ref, context.ResourceParameters.AlarmPeriodSeconds,
            "quiz-api-5xx", "The API answered more than 10 requests of a period with 5xx",
            "5xx", ("AWS/ApiGateway", "ApiId", api.Ref), "Sum", 10, missingData: QuizAlarm.NoDataIsFine);
        Endpoint = $"https://{api.Ref}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}";
    }

    public string Endpoint { get; }
}
