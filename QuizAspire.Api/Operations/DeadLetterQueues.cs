using QuizAspire.Api.Http;
using QuizAspire.Core.Aws;
using QuizAspire.Core.DeadLetters;

namespace QuizAspire.Api.Operations;

/// <summary>The dead-letter queues that this API knows, by name.</summary>
internal sealed class DeadLetterQueues(AwsResources resources)
{
    public IReadOnlyList<DeadLetterQueue> All { get; } = DeadLetterQueue.All(resources);

    public (DeadLetterQueue? Queue, Refusal? Refusal) Find(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return (null, Refusal.Malformed("queue", "is required"));
        var queue = All.FirstOrDefault(known => known.Name == name);
        return queue is null
            ? (null, Refusal.NotFound("queue", $"is none of the dead-letter queues: {string.Join(", ", All.Select(known => known.Name))}"))
            : (queue, null);
    }
}
