using Amazon.SQS.Model;

namespace QuizAspire.Core.DeadLetters;

/// <summary>How received messages are shared out into batches.</summary>
internal static class Waves
{
    /// <summary>
    /// Batches in which each message group is there at most once, its messages in their order: a batch can be taken in part, and then a
    /// later message of a group would overtake an earlier one. Messages without group go together.
    /// </summary>
    /// <param name="maxCount">Most messages of a batch, from 1.</param>
    public static List<List<Message>> Of(IEnumerable<Message> messages, int maxCount)
    {
        var waves = new List<List<Message>>();
        var next = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            var group = message.Group();
            var wave = group is null ? 0 : next.GetValueOrDefault(group);
            while (wave < waves.Count && waves[wave].Count == maxCount)
                wave++;
            if (wave == waves.Count)
                waves.Add([]);
            waves[wave].Add(message);
            if (group is not null)
                next[group] = wave + 1;
        }
        return waves;
    }
}
