using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Aspire.Hosting.ApplicationModel;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Monitoring.Commands;

/// <summary>A submission that cannot be scored until somebody stores the quiz it is for: what an operator's tools are tried on.</summary>
internal static class PoisonMessage
{
    /// <summary>Once this quiz is stored, such messages can be redriven, and succeed.</summary>
    public const string QuizId = "not-stored-yet";

    public static async Task<ExecuteCommandResult> InjectAsync(IAwsBackend aws, PlannedQueue queue, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        // A student of its own, hence a message group of its own: it holds nobody up.
        var id = Guid.CreateVersion7(now).ToString();
        var student = $"poison-{id[^6..]}";
        await aws.Clients.Sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = await aws.ResolveAsync(queue.Url, cancellation),
                MessageBody = Body(student, id, now).ToJsonString(),
                MessageGroupId = queue.IsFifo ? student : null,
                MessageDeduplicationId = queue.IsFifo ? id : null,
            },
            cancellation);
        return CommandResults.Success(
            $"A submission of {student} is on its way that cannot be scored: there is no quiz '{QuizId}'. " +
            $"After {queue.MaxReceiveCount} receives it is a dead letter; store the quiz and redrive it.");
    }

    private static JsonObject Body(string student, string id, DateTimeOffset now) => new()
    {
        ["student_id"] = student,
        ["quiz_id"] = QuizId,
        ["quiz_version"] = 1,
        ["answers"] = new JsonObject { ["q1"] = "a" },
        ["submission_id"] = id,
        ["submitted_at"] = now.ToString("O", CultureInfo.InvariantCulture),
    };
}
