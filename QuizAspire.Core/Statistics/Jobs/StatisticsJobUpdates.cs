using Amazon.DynamoDBv2.Model;
using Item = QuizAspire.Core.Statistics.Jobs.StatisticsJobItem;

namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>The changes of a job's item, each with the condition under which it may happen.</summary>
internal static class StatisticsJobUpdates
{
    // The object is part of every condition that adds an item: an id of a producer's own making must not take over another's job.
    private const string NoResultYet =
        $"attribute_not_exists({Item.ResultWritten}) AND " +
        $"(attribute_not_exists({Item.ObjectKey}) OR {Item.ObjectKey} = :{Item.ObjectKey})";

    public static UpdateItemRequest Begin(StatisticsJob job, string now) => Update(
        job.StatisticsId,
        set: new() { [Item.Status] = Item.Text(StatisticsJobStatus.Running), [Item.StartedAt] = Item.Text(now) },
        remove: [Item.Reason, Item.FinishedAt],
        NoResultYet,
        job);

    public static UpdateItemRequest Fail(StatisticsJob job, string reason, string now) => Update(
        job.StatisticsId,
        set: new() { [Item.Status] = Item.Text(StatisticsJobStatus.Failed), [Item.Reason] = Item.Text(reason), [Item.FinishedAt] = Item.Text(now) },
        remove: [],
        NoResultYet,
        job);

    public static UpdateItemRequest Finish(string statisticsId, StatisticsJobResult result, string now)
    {
        var set = new Dictionary<string, AttributeValue>
        {
            [Item.Status] = Item.Text(result.Failure is null ? StatisticsJobStatus.Completed : StatisticsJobStatus.Failed),
            [Item.FinishedAt] = Item.Text(now),
            [Item.ResultWritten] = new() { BOOL = true },
            [Item.Quizzes] = Item.Number(result.Quizzes),
            [Item.Scores] = Item.Number(result.Scores),
            [Item.RejectedLines] = Item.Number(result.RejectedLines),
        };
        if (result.Failure is { } failure)
            set[Item.Reason] = Item.Text(failure);
        return Update(
            statisticsId,
            set,
            remove: result.Failure is null ? [Item.Reason] : [],
            $"attribute_exists({Item.StatisticsId}) AND attribute_not_exists({Item.ResultWritten})");
    }

    public static UpdateItemRequest MarkNotified(string statisticsId, string now) => Update(
        statisticsId,
        set: new() { [Item.NotifiedAt] = Item.Text(now) },
        remove: [],
        $"attribute_exists({Item.StatisticsId}) AND attribute_not_exists({Item.NotifiedAt})");

    /// <param name="job">Whose fixed attributes are added where they are missing; null to add none.</param>
    private static UpdateItemRequest Update(
        string id, Dictionary<string, AttributeValue> set, string[] remove, string condition, StatisticsJob? job = null)
    {
        var missing = job is null ? [] : Item.Request(job);
        if (job is not null)
            missing[Item.Listing] = Item.Text(Item.Jobs);

        // Every name has a placeholder: some are reserved words, and more may become some.
        var sets = set.Keys.Select(name => $"#{name} = :{name}")
            .Concat(missing.Keys.Select(name => $"#{name} = if_not_exists(#{name}, :{name})"));
        var names = set.Keys.Concat(missing.Keys).Concat(remove);
        var removes = remove.Length == 0 ? "" : $" REMOVE {string.Join(", ", remove.Select(name => $"#{name}"))}";
        return new UpdateItemRequest
        {
            Key = Item.Key(id),
            UpdateExpression = $"SET {string.Join(", ", sets)}{removes}",
            ConditionExpression = condition,
            ExpressionAttributeNames = names.ToDictionary(name => $"#{name}", name => name, StringComparer.Ordinal),
            ExpressionAttributeValues = set.Concat(missing).ToDictionary(pair => $":{pair.Key}", pair => pair.Value, StringComparer.Ordinal),
        };
    }
}
