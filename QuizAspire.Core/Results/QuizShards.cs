using System.Security.Cryptography;
using System.Text;

namespace QuizAspire.Core.Results;

/// <summary>
/// The partition key of the index that finds a quiz's scores. A partition takes 1,000 writes a second, and a table slows down with its index, so
/// a quiz that everybody answers at once must not be one partition.
/// </summary>
public static class QuizShards
{
    /// <summary>Of completed results only: an item without it is not in the index.</summary>
    public const string Attribute = "quiz_shard";

    public const int Count = 16;

    /// <param name="resultKey">The result's sort key, which never changes, so a result that is written again is in the same shard.</param>
    public static string Of(string quizId, string resultKey) => Name(quizId, SHA256.HashData(Encoding.UTF8.GetBytes(resultKey))[0] % Count);

    public static IEnumerable<string> All(string quizId) => Enumerable.Range(0, Count).Select(shard => Name(quizId, shard));

    private static string Name(string quizId, int shard) => $"{quizId}#{shard}";
}
