using QuizAspire.Api.Http;
using QuizAspire.Core.DeadLetters;

namespace QuizAspire.Api.Operations;

internal static class RedriveRules
{
    // SQS's own limit.
    private const int MaxMessageId = 100;

    public static Refusal? Check(RedriveRequest request)
    {
        var errors = new FieldErrors();
        if (request.MaxPerSecond is < 1 or > MoveTask.MaxRate)
            errors.Add("max_per_second", $"must be a whole number from 1 to {MoveTask.MaxRate}");
        if (request.MessageIds is { Count: 0 or > ChosenRedrive.MaxIds })
            errors.Add("message_ids", $"must be 1 to {ChosenRedrive.MaxIds} ids; leave it out for the whole queue");
        for (var i = 0; i < request.MessageIds?.Count && !errors.IsFull; i++)
        {
            if (request.MessageIds[i] is not { Length: >= 1 and <= MaxMessageId })
                errors.Add($"message_ids[{i}]", $"must be 1 to {MaxMessageId} characters");
        }
        return errors.Any ? Refusal.Unprocessable(errors) : null;
    }
}
