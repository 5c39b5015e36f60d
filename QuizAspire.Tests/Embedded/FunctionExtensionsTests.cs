using Aspire.Hosting;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Hosting;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Embedded;

public sealed class FunctionExtensionsTests
{
    [Fact]
    public void Source_that_does_not_report_item_failures_is_refused_because_aws_would_behave_otherwise()
    {
        var plan = StackPlanner.Plan(
            """
            {"Resources":{
              "Queue":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"work"}},
              "Function":{"Type":"AWS::Lambda::Function","Properties":{"FunctionName":"worker","Handler":"Worker"}},
              "Source":{"Type":"AWS::Lambda::EventSourceMapping","Properties":{
                "FunctionName":{"Ref":"Function"},"EventSourceArn":{"Fn::GetAtt":["Queue","Arn"]}}}}}
            """, "stack", new EmulatorAddresses(1, 2));
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        var aws = builder.AddEmbeddedAws(plan, Repository.Tools, dataDirectory: null, cloudWatch: "http://127.0.0.1:1");

        var error = Assert.Throws<LaunchException>(() => builder.AddFunction<Project>(aws, "worker"));

        Assert.Contains("ReportBatchItemFailures", error.Message, StringComparison.Ordinal);
        Assert.Contains("work of worker", error.Message, StringComparison.Ordinal);
    }

    private sealed class Project : IProjectMetadata
    {
        public string ProjectPath => Path.Combine(Repository.Root, "QuizAspire.Functions", "QuizAspire.Functions.csproj");
    }
}
