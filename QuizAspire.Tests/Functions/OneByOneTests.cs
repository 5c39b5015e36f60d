using Microsoft.Extensions.Logging.Abstractions;
using QuizAspire.Core.Batches;
using QuizAspire.Functions.Batches;
using QuizAspire.Functions.Telemetry;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

public sealed class OneByOneTests
{
    [Fact]
    public async Task Each_record_takes_its_own_time_and_one_that_fails_says_why()
    {
        var time = ManualTime.AtNoon();
        using var metrics = new FunctionMetrics();
        using var numbers = new RecordedMeasurements(meter => meter == metrics.Meter);
        using var deadline = new BatchDeadline(TimeSpan.FromMinutes(1), time);
        var batch = new OneByOne(
            (record, _, _) =>
            {
                time.Advance(record.MessageId == "good" ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(3));
                return record.MessageId == "good" ? Task.CompletedTask : throw new RecordException("It is no job.");
            },
            recordFailure: null, maxReceiveCount: 3, metrics, time);

        var outcomes = await batch.HandleAsync([Record("good"), Record("bad")], deadline, NullLogger.Instance);

        Assert.Equal([RecordOutcome.Done, RecordOutcome.Failed], outcomes);
        const string Queue = "messaging.destination.name=statistics messaging.operation.name=process messaging.system=aws_sqs";
        Assert.Equal(
            [(2, Queue), (3, "error.type=invalid_message " + Queue)],
            numbers.Of("messaging.process.duration").Select(took => (took.Value, took.Attributes)));
    }

    private static QueueRecord Record(string id) => new(id, "{}", id, ReceiveCount: 1, DateTimeOffset.UnixEpoch, Queue: "statistics");
}
