namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>Sources and states as messages, items and answers spell them.</summary>
public static class StatisticsNames
{
    public static string Of(StatisticsSource source) => source switch
    {
        StatisticsSource.Json => "json",
        StatisticsSource.Csv => "csv",
        StatisticsSource.Upload => "upload",
        StatisticsSource.Quiz => "quiz",
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };

    public static string Of(StatisticsJobStatus status) => status switch
    {
        StatisticsJobStatus.Queued => "queued",
        StatisticsJobStatus.Running => "running",
        StatisticsJobStatus.Completed => "completed",
        StatisticsJobStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <returns>Null for a name that is none.</returns>
    internal static StatisticsSource? SourceOf(string name) => Find<StatisticsSource>(name, Of);

    internal static StatisticsJobStatus? StatusOf(string name) => Find<StatisticsJobStatus>(name, Of);

    private static T? Find<T>(string name, Func<T, string> spell)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (spell(value) == name)
                return value;
        }

        return null;
    }
}
