using Amazon.SQS.Model;

namespace QuizAspire.Api.Submissions;

/// <summary>How entries of a batch are named, and what the answer says of each.</summary>
internal static class SendBatch
{
    private static readonly string[] EntryIds = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    public static string EntryId(int index) => EntryIds[index];

    /// <summary>By position. Only an entry that the answer lists as successful is confirmed; one that it does not mention is not.</summary>
    public static SendOutcome[] Outcomes(int count, SendMessageBatchResponse response)
    {
        var outcomes = new SendOutcome[count];
        Array.Fill(outcomes, SendOutcome.Unavailable);
        foreach (var success in response.Successful ?? [])
            Set(outcomes, success.Id, SendOutcome.Confirmed);
        foreach (var failure in response.Failed ?? [])
            Set(outcomes, failure.Id, failure.SenderFault == true && !IsThrottling(failure.Code) ? SendOutcome.Refused : SendOutcome.Unavailable);
        return outcomes;
    }

    private static void Set(SendOutcome[] outcomes, string id, SendOutcome outcome)
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
