using System.Globalization;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Results;

/// <summary>The item of the results table: the seed's attribute names, and ours.</summary>
internal static class ResultItem
{
    public const string StudentId = "student_id";
    public const string SubmissionTimestamp = "submission_timestamp";
    public const string SubmissionId = "submission_id";
    public const string QuizId = "quiz_id";
    public const string Score = "score";
    public const string Status = "status";
    public const string Fingerprint = "fingerprint";
    public const string Completed = "completed";
    public const string Failed = "failed";

    public static Dictionary<string, AttributeValue> Key(string studentId, string submissionTimestamp) => new()
    {
        [StudentId] = new AttributeValue { S = studentId },
        [SubmissionTimestamp] = new AttributeValue { S = submissionTimestamp },
    };

    public static Dictionary<string, AttributeValue> From(SubmissionResult result)
    {
        var item = Key(result.StudentId, result.SubmissionTimestamp);
        item[SubmissionId] = new AttributeValue { S = result.SubmissionId };
        item[QuizId] = new AttributeValue { S = result.QuizId };
        item[Status] = new AttributeValue { S = result.Status == ResultStatus.Completed ? Completed : Failed };
        item["processing_timestamp"] = new AttributeValue { S = Instants.ToText(result.ProcessedAt) };
        if (result.Score is { } score)
        {
            item[Score] = Number(score);
            item[QuizShards.Attribute] = new AttributeValue { S = QuizShards.Of(result.QuizId, result.SubmissionTimestamp) };
        }

        if (result.TotalQuestions is { } total)
            item["total_questions"] = Number(total);
        if (result.Answers is { } answers)
            item["answers"] = DynamoJson.ToAttribute(answers);
        if (result.QuizVersion is { } version)
            item["quiz_version"] = Number(version);
        if (result.Reason is { } reason)
            item["reason"] = new AttributeValue { S = reason };
        return item;
    }

    public static SubmissionResult ToResult(Dictionary<string, AttributeValue> item) => new(
        item[StudentId].S,
        item[SubmissionTimestamp].S,
        item[SubmissionId].S,
        item[QuizId].S,
        item[Status].S == Completed ? ResultStatus.Completed : ResultStatus.Failed,
        Instants.Parse(item["processing_timestamp"].S),
        item.TryGetValue(Score, out var score) ? decimal.Parse(score.N, NumberStyles.Float, CultureInfo.InvariantCulture) : null,
        Integer(item, "total_questions"),
        item.TryGetValue("answers", out var answers) ? DynamoJson.ToJson(answers) : null,
        Integer(item, "quiz_version"),
        item.TryGetValue("reason", out var reason) ? reason.S : null);

    private static AttributeValue Number(decimal value) => new() { N = value.ToString("0.##", CultureInfo.InvariantCulture) };

    private static int? Integer(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? int.Parse(value.N, CultureInfo.InvariantCulture) : null;
}
