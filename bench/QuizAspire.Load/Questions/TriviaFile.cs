namespace QuizAspire.Load.Questions;

/// <summary>What a file of trivia questions holds.</summary>
/// <param name="Malformed">Entries that are no question that could be asked, each with the line it starts on.</param>
/// <param name="InvalidBytes">How many bytes were not UTF-8; each stands as U+FFFD in the texts.</param>
internal sealed record TriviaFile(IReadOnlyList<TriviaQuestion> Questions, IReadOnlyList<MalformedEntry> Malformed, int InvalidBytes);

internal sealed record TriviaQuestion(string Text, IReadOnlyList<string> Choices, string CorrectAnswer);

internal sealed record MalformedEntry(int Line, string Reason);
