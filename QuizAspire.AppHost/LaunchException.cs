namespace QuizAspire.AppHost;

/// <summary>Something that the person at the keyboard can mend; the message says what and how, and is shown without a stack trace.</summary>
internal class LaunchException(string message, Exception? innerException = null) : Exception(message, innerException);
