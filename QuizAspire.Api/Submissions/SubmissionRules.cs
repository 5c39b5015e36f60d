using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using QuizAspire.Api.Http;
using QuizAspire.Api.Quizzes;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Submissions;

/// <summary>What a submission must be. What is malformed is a 400; answers that cannot be accepted are a 422.</summary>
internal static class SubmissionRules
{
    /// <summary>Levels of arrays and objects in one answer; DynamoDB stores up to 32 in an item.</summary>
    public const int MaxAnswerDepth = 16;

    // No JSON text grows to more than six times its length when each character is escaped, so only one longer than this can pass 1 MiB as a message.
    private const int AlwaysFits = SendQueue.MaxBatchBytes / 6 - 1_024;

    /// <summary>All that can be said without knowing the quiz.</summary>
    public static Refusal? Check(SubmissionRequest request)
    {
        var malformed = new FieldErrors();
        Ids.Check(malformed, "student_id", request.StudentId);
        Ids.Check(malformed, "quiz_id", request.QuizId);
        if (request.Answers.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            malformed.Add("answers", "is required");
        else if (request.Answers.ValueKind != JsonValueKind.Object)
            malformed.Add("answers", "must be an object of question_id to answer");
        else
            CheckAnswers(malformed, request.Answers, AnswerValues.FindMalformed);
        if (malformed.Any)
            return Refusal.Malformed(malformed);

        var broken = new FieldErrors();
        if (request.Answers.GetPropertyCount() == 0)
            broken.Add("answers", "must have at least one answer");
        CheckAnswers(broken, request.Answers, AnswerValues.FindUnstorable);
        return broken.Any ? Refusal.Unprocessable(broken) : null;
    }

    /// <summary>Refuses answers to questions that the quiz does not have, by each one's name.</summary>
    public static Refusal? UnknownQuestions(SubmissionRequest request, QuizOutline quiz)
    {
        FieldErrors? errors = null;
        foreach (var answer in request.Answers.EnumerateObject())
        {
            if (!quiz.QuestionIds.Contains(answer.Name))
                (errors ??= new()).Add($"answers.{answer.Name}", $"is not a question of quiz {request.QuizId} (version {quiz.Version})");
        }
        return errors is null ? null : Refusal.Unprocessable(errors);
    }

    /// <summary>Does the message fit into SQS? Only a body near its own limit, full of characters that JSON escapes, does not.</summary>
    public static Refusal? CheckMessageSize(SubmissionRequest request)
    {
        if (JsonMarshal.GetRawUtf8Value(request.Answers).Length <= AlwaysFits)
            return null;
        var sample = new AcceptedSubmission(request.StudentId, new string('0', 36), DateTimeOffset.UnixEpoch, request.QuizId, int.MaxValue);
        var bytes = Encoding.UTF8.GetByteCount(sample.ToMessage(request.Answers).ToJson());
        return bytes <= SendQueue.MaxBatchBytes - 64
            ? null
            : Refusal.TooLarge("answers", "must be at most 1 MiB once their characters are escaped for the queue");
    }

    private static void CheckAnswers(FieldErrors errors, JsonElement answers, Func<JsonElement, string?> find)
    {
        foreach (var answer in answers.EnumerateObject())
        {
            if (find(answer.Value) is { } fault)
                errors.Add($"answers.{answer.Name}", fault);
        }
    }
}
