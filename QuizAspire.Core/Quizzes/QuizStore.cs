#pragma warning disable CS9113 // signatures first, bodies in the next commit
using Amazon.DynamoDBv2;
using QuizAspire.Core.Paging;

namespace QuizAspire.Core.Quizzes;

/// <summary>Quizzes in DynamoDB: an immutable item for each version, and a head item that is a copy of the latest.</summary>
public sealed class QuizStore(IAmazonDynamoDB dynamo, string tableName, TimeProvider time)
{
    /// <summary>Of title and questions as stored; an item of 400 KB less room for names and the other attributes.</summary>
    public const int MaxQuizBytes = 390 * 1024;

    public const int MaxPageSize = 100;

    /// <summary>Stores the draft as the next version of its quiz.</summary>
    /// <exception cref="QuizTooLargeException">It does not fit into one item.</exception>
    public Task<SavedQuiz> SaveAsync(QuizDraft draft, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The latest version, or null.</summary>
    public Task<Quiz?> FindLatestAsync(string quizId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <param name="version">From 1.</param>
    public Task<Quiz?> FindVersionAsync(string quizId, int version, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The latest version of each quiz, in no particular order.</summary>
    /// <exception cref="InvalidPageTokenException"/>
    public Task<Page<QuizSummary>> ListAsync(int limit, string? pageToken, CancellationToken cancellationToken) => throw new NotImplementedException();
}
