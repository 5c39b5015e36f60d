namespace QuizAspire.AppHost.Publishing;

/// <summary>Why nothing was published, in words for the person who asked for it; shown without a stack trace.</summary>
internal sealed class PublishException(string message, Exception? innerException = null) : Exception(message, innerException);
