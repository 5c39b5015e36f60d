using QuizAspire.Api.Http;
using QuizAspire.Api.Quizzes;
using QuizAspire.Core.Quizzes;
using QuizAspire.Core.Results;
using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Api.Statistics;

/// <summary>A quiz's results as a score sheet.</summary>
internal sealed class QuizExport(QuizScores scores, QuizStore quizzes)
{
    /// <returns>Why there is no sheet, or null.</returns>
    /// <remarks>A quiz that is not stored may have results all the same: trusted producers send answer keys of their own.</remarks>
    public async Task<Refusal?> WriteAsync(string quizId, Stream sheet, CancellationToken cancellationToken)
    {
        try
        {
            if (await ScoreRows.WriteAsync(sheet, quizId, scores.ReadAsync(quizId, cancellationToken), cancellationToken) > 0)
                return null;
        }
        catch (SheetTooLargeException)
        {
            return Refusal.Unprocessable("quiz_id", $"{quizId} has more results than a sheet of {SheetLimits.SheetBytes} bytes holds");
        }

        return await quizzes.FindLatestAsync(quizId, cancellationToken) is null
            ? QuizEndpoints.UnknownQuiz(quizId)
            : Refusal.Unprocessable("quiz_id", $"{quizId} has no completed result yet");
    }
}
