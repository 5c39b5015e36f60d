#pragma warning disable CS9113 // signatures first, bodies in the next commit
using Amazon.DynamoDBv2;
using QuizAspire.Core.Paging;

namespace QuizAspire.Core.Results;

/// <summary>Results in DynamoDB.</summary>
public sealed class ResultStore(IAmazonDynamoDB dynamo, string tableName)
{
    public const int MaxPageSize = 100;

    /// <summary>The result of a submission, or null. Strongly consistent: a result that anyone has seen is found.</summary>
    /// <param name="submissionId">One that carries its time (see SubmissionId); any other is not found by id alone.</param>
    public Task<SubmissionResult?> FindAsync(string studentId, string submissionId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>A student's results, newest first.</summary>
    /// <param name="limit">1 to <see cref="MaxPageSize"/>.</param>
    /// <exception cref="InvalidPageTokenException"/>
    public Task<Page<SubmissionResult>> QueryAsync(string studentId, int limit, string? pageToken, CancellationToken cancellationToken) => throw new NotImplementedException();
}
