using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Paging;
using QuizAspire.Core.Results;

namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>Where a page of jobs ends: the time of the last one's request and its id, spelled as results spell theirs.</summary>
internal static class StatisticsPage
{
    private const int IdLength = 36;
    private static readonly int TimeLength = Instants.Format.Replace("'", "", StringComparison.Ordinal).Length;

    public static string TokenAfter(Dictionary<string, AttributeValue> last) =>
        PageToken.Encode($"{last[StatisticsJobItem.SubmittedAt].S}/{last[StatisticsJobItem.StatisticsId].S}");

    /// <exception cref="InvalidPageTokenException"/>
    public static Dictionary<string, AttributeValue> Start(string pageToken)
    {
        var position = PageToken.Decode(pageToken);
        if (position.Length != TimeLength + 1 + IdLength || !ResultKey.IsValid(position) || !StatisticsId.IsValid(position[^IdLength..]))
            throw new InvalidPageTokenException();

        var start = StatisticsJobItem.Key(position[^IdLength..]);
        start[StatisticsJobItem.SubmittedAt] = StatisticsJobItem.Text(position[..TimeLength]);
        start[StatisticsJobItem.Listing] = StatisticsJobItem.Text(StatisticsJobItem.Jobs);
        return start;
    }
}
