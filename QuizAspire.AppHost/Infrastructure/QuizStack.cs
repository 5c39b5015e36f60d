using Amazon.CDK;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>The whole infrastructure; its template is the only place where a queue, a table or a limit is written down.</summary>
internal sealed class QuizStack : Stack
{
    public const string Id = "quiz-aspire";

    /// <param name="packages">The code to deploy; null for a local run, which deploys none.</param>
    public QuizStack(Construct scope, FunctionPackages? packages)
        : base(scope, Id, new StackProps
        {
            Description = "QuizAspire: quiz submissions, scored and kept.",
            // The template deploys with the caller's own rights, so it need not check for a bootstrapped account.
            Synthesizer = new DefaultStackSynthesizer(new DefaultStackSynthesizerProps { GenerateBootstrapVersionRule = false }),
        })
    {
        var parameters = new QuizParameters(this);
        var resources = new QuizResources(this, parameters);
        var compute = new QuizCompute(this, parameters, resources, packages);

        Output("SqsQueueUrl", "URL of the submissions queue", resources.Submissions.QueueUrl);
        Output("SqsQueueArn", "ARN of the submissions queue", resources.Submissions.QueueArn);
        Output("DlqUrl", "URL of the submissions' dead-letter queue", resources.DeadLetters.QueueUrl);
        Output("DynamodbTableName", "Name of the results table", resources.Results.Ref);
        Output("DynamodbTableArn", "ARN of the results table", resources.Results.AttrArn);
        Output("QuizzesTableName", "Name of the quizzes table", resources.Quizzes.Ref);
        Output("SubmissionsTableName", "Name of the table of accepted submissions", resources.AcceptedSubmissions.Ref);
        Output("LambdaFunctionArn", "ARN of the scoring function", compute.QuizProcessor.FunctionArn);

        var tags = Amazon.CDK.Tags.Of(this);
        tags.Add("Environment", "production");
        tags.Add("Application", "quiz-processor");
        // The seed names the tool that holds a resource's state; here that is CloudFormation, whoever wrote the template.
        tags.Add("ManagedBy", "cloudformation");
    }

    private void Output(string name, string description, string value) =>
        _ = new CfnOutput(this, name, new CfnOutputProps { Description = description, Value = value });
}
