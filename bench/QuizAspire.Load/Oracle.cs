using System.Text.Json;
using QuizAspire.Load.Api;

namespace QuizAspire.Load;

/// <summary>What became of one submission.</summary>
/// <param name="SubmissionId">As accepted; null when no attempt was answered, which leaves open whether one has been accepted.</param>
/// <param name="Stored">Every result of its student, of whom this run makes one submission.</param>
internal sealed record Outcome(LoadSubmission Submission, string? SubmissionId, IReadOnlyList<ResultBody> Stored);

/// <summary>
/// The rule of Jepsen's total queue: what was accepted and is not stored is lost, what is stored and was not accepted is unexpected;
/// there must be neither.
/// </summary>
internal static class Oracle
{
    public static IEnumerable<string> Violations(Outcome outcome)
    {
        var (submission, id, stored) = outcome;
        var student = submission.StudentId;
        if (id is null)
            yield return $"{student}: never accepted";
        else if (stored.All(result => result.SubmissionId != id))
            yield return $"{student}: {id} was accepted and is lost";

        foreach (var group in stored.GroupBy(result => result.SubmissionId, StringComparer.Ordinal))
        {
            if (id is not null && group.Key != id)
                yield return $"{student}: {group.Key} is unexpected";
            if (group.Count() > 1)
                yield return $"{student}: {group.Key} is stored {group.Count()} times";
        }

        if (id is null && stored.DistinctBy(result => result.SubmissionId).Count() > 1)
            yield return $"{student}: one submission has become {stored.Count}";
        foreach (var fault in stored.SelectMany(result => Faults(submission, result)))
            yield return $"{student}: {fault}";
    }

    private static IEnumerable<string> Faults(LoadSubmission expected, ResultBody result)
    {
        if (result.Status != "completed")
            yield return $"{result.SubmissionId} is {result.Status}: {result.Reason}";
        else if (result.Score != expected.ExpectedScore)
            yield return $"{result.SubmissionId} has score {result.Score}, not {expected.ExpectedScore}";
        if (result.Status == "completed" && result.TotalQuestions != expected.Quiz.Questions.Count)
            yield return $"{result.SubmissionId} has {result.TotalQuestions} questions, not {expected.Quiz.Questions.Count}";
        if (result.QuizId != expected.Quiz.Id)
            yield return $"{result.SubmissionId} is of quiz {result.QuizId}, not {expected.Quiz.Id}";
        if (result.Answers is { } answers && !AreEqual(answers, expected.Answers))
            yield return $"{result.SubmissionId} has other answers than were submitted";
    }

    private static bool AreEqual(JsonElement stored, IReadOnlyDictionary<string, string> submitted) =>
        stored.ValueKind == JsonValueKind.Object
        && stored.EnumerateObject().Count() == submitted.Count
        && stored.EnumerateObject().All(answer =>
            answer.Value.ValueKind == JsonValueKind.String && submitted.GetValueOrDefault(answer.Name) == answer.Value.GetString());
}
