namespace QuizAspire.Core.Quizzes;

/// <summary>The quiz does not fit into one item of the table (400 KB).</summary>
public sealed class QuizTooLargeException(int bytes) : Exception(
    $"The quiz takes {bytes} bytes, and at most {QuizStore.MaxQuizBytes} fit into one item.")
{
    public int Bytes { get; } = bytes;
}
