namespace QuizAspire.Core.Quizzes;

/// <summary>One version of a quiz, with its answer key. Students never see it in this form.</summary>
/// <param name="Version">1 for the first; each change makes the next and leaves the earlier ones as they are.</param>
public sealed record Quiz(string QuizId, int Version, string Title, IReadOnlyList<Question> Questions, DateTimeOffset CreatedAt);

/// <param name="CorrectAnswer">One of <paramref name="Choices"/>.</param>
public sealed record Question(string QuestionId, string Text, IReadOnlyList<string> Choices, string CorrectAnswer);

/// <summary>What a teacher puts: a quiz before it has a version.</summary>
public sealed record QuizDraft(string QuizId, string Title, IReadOnlyList<Question> Questions);

/// <summary>What a list of quizzes shows of each: its latest version, no questions.</summary>
public sealed record QuizSummary(string QuizId, int Version, string Title, int QuestionCount, DateTimeOffset CreatedAt);

/// <param name="Created">True when there was no quiz of this id before.</param>
public sealed record SavedQuiz(Quiz Quiz, bool Created);
