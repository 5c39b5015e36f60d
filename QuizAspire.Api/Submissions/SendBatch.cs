using Amazon.SQS.Model;

namespace QuizAspire.Api.Submissions;

/// <summary>What SQS answered of one entry.</summary>
/// <param name="MessageId">Of one that is confirmed.</param>
/// <param name="Code">SQS's, of one that is not.</param>
internal readonly record struct SendAnswer(SendOutcome Outcome, string? MessageId = null, string? Code = null);

/// <summary>How entries of a batch are named, and what the answer says of each.</summary>
internal static class SendBatch
{
    private static readonly string[] EntryIds = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    public static string EntryId(int index) => EntryIds[index];

    /// <summary>By position. Only an entry that the answer lists as successful is confirmed; one that it does not mention is not.</summary>
    public static SendAnswer[] Outcomes(int count, SendMessageBatchResponse response)
    {
        var outcomes = new SendAnswer[count];
        Array.Fill(outcomes, new(SendOutcome.Unavailable));
        foreach (var success in response.Successful ?? [])
            Set(outcomes, success.Id, new(SendOutcome.Confirmed, success.MessageId));
        foreach (var failure in response.Failed ?? [])
            Set(outcomes, failure.Id, new(OutcomeOf(failure), Code: failure.Code));
        return outcomes;
    }

    private static SendOutcome OutcomeOf(BatchResultErrorEntry failure) =>
        failure.SenderFault == true && !IsThrottling(failure.Code) ? SendOutcome.Refused : SendOutcome.Unavailable;

    private static void Set(SendAnswer[] outcomes, string id, SendAnswer outcome)
    {
        var index = Array.IndexOf(EntryIds, id);
        if (index >= 0 && index < outcomes.Length)
            outcomes[index] = outcome;
    }

    // SQS counts throttling of a FIFO queue as the sender's fault, and a retry later helps all the same.
    private static bool IsThrottling(string? code) =>
        code is not null
        && (code.Contains("Throttl", StringComparison.OrdinalIgnoreCase) || code.Contains("OverLimit", StringComparison.OrdinalIgnoreCase));
}
