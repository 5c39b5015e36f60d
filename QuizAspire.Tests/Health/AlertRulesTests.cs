using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Health;

namespace QuizAspire.Tests.Health;

public sealed class AlertRulesTests
{
    private static readonly HealthThresholds Original = new(DeadLetters: 10, Queue: 500);
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly Arbitrary<Finding[]> Findings = Gen
        .Zip(Gen.Elements("a", "b", "c", "d"), Gen.Choose(1, 2000), (key, count) => new Finding(key, count, key))
        .ArrayOf().Select(findings => findings.DistinctBy(finding => finding.Key).ToArray()).ToArbitrary();

    /// <summary>Available, in flight, delayed; and what is said of it.</summary>
    public static TheoryData<QueueKind, long, long, long, string?> Cases => new()
    {
        { QueueKind.Main, 500, 0, 0, null },
        { QueueKind.Main, 501, 0, 0, "WARNING: High message count in main queue: 501" },
        { QueueKind.Main, 300, 200, 0, null },
        { QueueKind.Main, 300, 201, 0, "WARNING: High message count in main queue: 501" },
        { QueueKind.Main, 0, 501, 0, "WARNING: High message count in main queue: 501" },
        { QueueKind.Main, 500, 0, 1, null },
        { QueueKind.MainDeadLetters, 10, 0, 0, null },
        { QueueKind.MainDeadLetters, 11, 0, 0, "WARNING: 11 messages in Dead Letter Queue" },
        { QueueKind.MainDeadLetters, 10, 5, 0, null },
        { QueueKind.MainDeadLetters, 1234567, 0, 0, "WARNING: 1234567 messages in Dead Letter Queue" },
        { QueueKind.Work, 500, 0, 0, null },
        { QueueKind.Work, 400, 101, 0, "WARNING: High message count in queue statistics-requests: 501" },
        { QueueKind.DeadLetters, 10, 0, 0, null },
        { QueueKind.DeadLetters, 11, 0, 0, "WARNING: 11 messages in Dead Letter Queue statistics-requests-dlq" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_queue_is_an_issue_above_its_threshold(QueueKind kind, long available, long inFlight, long delayed, string? expected)
    {
        var metrics = new QueueMetrics(Queues.All.Single(queue => queue.Kind == kind), available, inFlight, delayed);

        Assert.Equal(expected, AlertRules.Find([metrics], Original).SingleOrDefault()?.Text);
    }

    [Fact]
    public void Issues_stand_in_the_order_of_the_queues() => Assert.Equal(
        ["backlog:quiz-submissions.fifo", "dead-letters:quiz-submissions-dlq.fifo", "dead-letters:statistics-requests-dlq"],
        AlertRules.Find(
        [
            new(Queues.Main, 501, 0, 0), new(Queues.MainDeadLetters, 11, 0, 0),
            new(Queues.Requests, 1, 0, 0), new(Queues.RequestsDeadLetters, 11, 0, 0),
        ], Original).Select(finding => finding.Key));

    /// <summary>What was told, as key=count, and hours ago; what is found; what follows.</summary>
    public static TheoryData<string?, double, string, Telling> Decisions => new()
    {
        { null, 0, "", Telling.Nothing },
        { null, 0, "a=11", Telling.Issues },
        { "", 1, "", Telling.Nothing },
        { "", 1, "a=11", Telling.Issues },
        { "a=11", 0.1, "a=11", Telling.Nothing },
        { "a=11", 0.1, "a=21", Telling.Nothing },
        { "a=11", 0.1, "a=22", Telling.Issues },
        { "a=11", 0.1, "a=1", Telling.Nothing },
        { "a=11", 0.1, "b=11", Telling.Issues },
        { "a=11", 0.1, "a=11 b=11", Telling.Issues },
        { "a=11 b=11", 0.1, "a=11", Telling.Issues },
        { "a=11 b=11", 0.1, "b=11 a=11", Telling.Nothing },
        { "a=11 b=11", 0.1, "a=12 b=22", Telling.Issues },
        { "a=11", 23.999, "a=11", Telling.Nothing },
        { "a=11", 24, "a=11", Telling.Issues },
        { "a=11", -1, "a=11", Telling.Nothing },
        { "a=11", 0.1, "", Telling.Recovery },
        { "a=11", 240, "", Telling.Recovery },
        { "a=9223372036854775807", 0.1, "a=9223372036854775807", Telling.Nothing },
    };

    [Theory]
    [MemberData(nameof(Decisions))]
    public void What_is_new_is_told(string? told, double hoursAgo, string found, Telling expected)
    {
        var before = told is null ? null : Told.Of(Parse(told), Noon.AddHours(-hoursAgo));

        Assert.Equal(expected, AlertRules.Decide(before, Parse(found), Noon));
    }

    [Fact]
    public void What_has_just_been_told_is_not_told_again() => Prop.ForAll(Findings, findings =>
        AlertRules.Decide(Told.Of(findings, Noon), findings, Noon.AddHours(23)) == Telling.Nothing).QuickCheckThrowOnFailure();

    [Fact]
    public void An_issue_that_stays_is_told_once_a_day() => Prop.ForAll(Findings, findings =>
        AlertRules.Decide(Told.Of(findings, Noon), findings, Noon.AddHours(24)) == (findings.Length > 0 ? Telling.Issues : Telling.Nothing))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void No_issue_without_a_word_and_no_word_of_recovery_without_an_issue() => Prop.ForAll(Findings, Findings, (before, now) =>
    {
        var telling = AlertRules.Decide(Told.Of(before, Noon), now, Noon);
        var sameKeys = before.Select(finding => finding.Key).ToHashSet().SetEquals(now.Select(finding => finding.Key));
        return (sameKeys || telling != Telling.Nothing)
            && (telling == Telling.Recovery) == (now.Length == 0 && before.Length > 0);
    }).QuickCheckThrowOnFailure();

    private static Finding[] Parse(string findings) =>
    [
        .. findings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(finding => finding.Split('='))
            .Select(parts => new Finding(parts[0], long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[0])),
    ];
}
