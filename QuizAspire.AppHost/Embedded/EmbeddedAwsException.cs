namespace QuizAspire.AppHost.Embedded;

/// <summary>The embedded AWS, or the template that it is made from, cannot be as it is asked for.</summary>
internal class EmbeddedAwsException(string message, Exception? innerException = null) : LaunchException(message, innerException);

/// <summary>What an emulator holds does not fit the template, and cannot be changed while it holds it.</summary>
internal sealed class KeptDataException(string message, Exception? innerException = null) : EmbeddedAwsException(message, innerException)
{
    /// <summary>What to do about it; tells both ways, because one of them loses the data.</summary>
    /// <param name="dataDirectory">Where the emulators keep their data; null for memory.</param>
    public static string Remedy(string? dataDirectory) => dataDirectory is null
        ? "Restart the emulator, whose data is in memory."
        : $"Delete {dataDirectory} to begin anew, or start with --data fresh, which leaves it alone.";
}
