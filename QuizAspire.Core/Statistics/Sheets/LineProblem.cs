namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>Why a line was left out.</summary>
/// <param name="Line">Where it begins in the file, from 1, as an editor counts.</param>
/// <param name="Reason">Names the field by its number, and never quotes the content.</param>
public sealed record LineProblem(long Line, string Reason);
