using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Batches;

namespace QuizAspire.Tests.Core;

public sealed class BatchOutcomeTests
{
    private static readonly Arbitrary<RecordResult[]> Batches = Gen.Choose(0, 10)
        .SelectMany(count => Gen.Zip(
            Gen.Elements("a", "b", "c"),
            Gen.Elements(RecordOutcome.Done, RecordOutcome.Done, RecordOutcome.Failed, RecordOutcome.FailedForGood),
            (group, outcome) => (group, outcome)).ArrayOf(count))
        .Select(records => records.Select((record, index) => new RecordResult($"m{index}", record.group, record.outcome)).ToArray())
        .ToArbitrary();

    [Fact]
    public void A_failure_fails_the_rest_of_its_group_and_no_other() => Assert.Equal(
        ["a1", "a2"],
        BatchOutcome.Failures(
        [
            new("a0", "a", RecordOutcome.Done),
            new("a1", "a", RecordOutcome.Failed),
            new("b0", "b", RecordOutcome.Done),
            new("a2", "a", RecordOutcome.Done),
            new("b1", "b", RecordOutcome.Done),
        ]));

    [Fact]
    public void A_failure_for_good_stops_nothing() => Assert.Equal(
        ["a0"],
        BatchOutcome.Failures([new("a0", "a", RecordOutcome.FailedForGood), new("a1", "a", RecordOutcome.Done)]));

    [Fact]
    public void Nothing_is_reported_when_all_is_done() =>
        Assert.Empty(BatchOutcome.Failures([new("a0", "a", RecordOutcome.Done), new("b0", "b", RecordOutcome.Done)]));

    [Fact]
    public void Every_record_that_is_not_done_is_reported() =>
        Prop.ForAll(Batches, batch => batch.Where(record => record.Outcome != RecordOutcome.Done)
            .All(record => BatchOutcome.Failures(batch).Contains(record.MessageId))).QuickCheckThrowOnFailure();

    [Fact]
    public void In_each_group_what_is_acknowledged_comes_before_what_is_delivered_again() =>
        Prop.ForAll(Batches, batch =>
        {
            var failures = BatchOutcome.Failures(batch);
            return batch.GroupBy(record => record.Group).All(group => group
                .SkipWhile(record => record.Outcome != RecordOutcome.Failed)
                .All(record => failures.Contains(record.MessageId)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_group_without_a_failure_is_left_in_peace() =>
        Prop.ForAll(Batches, batch =>
        {
            var failures = BatchOutcome.Failures(batch);
            return batch.GroupBy(record => record.Group)
                .Where(group => group.All(record => record.Outcome == RecordOutcome.Done))
                .All(group => group.All(record => !failures.Contains(record.MessageId)));
        }).QuickCheckThrowOnFailure();
}
