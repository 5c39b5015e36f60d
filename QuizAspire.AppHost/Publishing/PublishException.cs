namespace QuizAspire.AppHost.Publishing;

/// <summary>Why nothing was published.</summary>
internal sealed class PublishException(string message, Exception? innerException = null) : LaunchException(message, innerException);
