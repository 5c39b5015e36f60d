namespace QuizAspire.AppHost.Embedded;

/// <summary>Something that the person at the keyboard can mend; the message says what and how, and is shown without a stack trace.</summary>
internal class EmbeddedAwsException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What to do about kept data that does not fit; tells both ways, because one of them loses it.</summary>
    public const string KeptDataRemedy = "Delete artifacts/data to begin anew, or start with --data fresh, which leaves it alone.";
}
