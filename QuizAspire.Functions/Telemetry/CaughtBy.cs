namespace QuizAspire.Functions.Telemetry;

/// <summary>What showed a function that a submission has its result already. Of those that another process stored, it learns only from the store.</summary>
internal static class CaughtBy
{
    /// <summary>It is in the batch twice.</summary>
    public const string Batch = "batch";

    /// <summary>The store tells, or this process wrote the result for another message.</summary>
    public const string Store = "store";

    /// <summary>The message was delivered again, after this process had written its result.</summary>
    public const string Redelivery = "redelivery";
}
