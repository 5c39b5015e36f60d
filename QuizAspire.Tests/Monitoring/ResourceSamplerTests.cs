using System.Net.Http;
using Amazon.SQS.Model;
using QuizAspire.AppHost.Monitoring.Resources;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Monitoring;

public sealed class ResourceSamplerTests
{
    private readonly Script _script = new();
    private readonly LogLines _log = new();
    private readonly List<Reading> _told = [];

    [Fact]
    public async Task Only_what_changes_is_told()
    {
        await Sample(Queue(0), Queue(0), Queue(3), Queue(3), Queue(0));

        Assert.Equal(["empty", "3 visible", "empty"], _told.Select(reading => reading.Summary));
    }

    [Fact]
    public async Task Outage_is_told_once_and_in_no_log_and_so_is_its_end()
    {
        await Sample(
            Queue(1),
            new HttpRequestException("Connection refused"), new HttpRequestException("Connection refused"),
            new QueueDoesNotExistException("No such queue.") { ErrorCode = "AWS.SimpleQueueService.NonExistentQueue" },
            Queue(1));

        Assert.Equal(["1 visible", "no answer", "AWS.SimpleQueueService.NonExistentQueue", "1 visible"], _told.Select(reading => reading.Summary));
        Assert.Equal([true, false, false, true], _told.Select(reading => reading.IsKnown));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Fault_of_our_own_is_logged_once_and_ends_nothing()
    {
        await Sample(new InvalidOperationException("a defect"), new InvalidOperationException("a defect"), Queue(2));

        Assert.Equal(["could not be read", "2 visible"], _told.Select(reading => reading.Summary));
        Assert.Contains("jobs", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_of_the_application_is_no_state()
    {
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();
        _script.Next = new OperationCanceledException(ended.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sampler().SampleAsync(TimeProvider.System, ended.Token));

        Assert.Empty(_told);
    }

    [Fact]
    public void Messages_among_dead_letters_need_attention_and_others_do_not()
    {
        Assert.True(QueueReader.Of([1, 0, 0], holdsDeadLetters: true).NeedsAttention);
        Assert.False(QueueReader.Of([0, 0, 0], holdsDeadLetters: true).NeedsAttention);
        Assert.False(QueueReader.Of([9, 9, 9], holdsDeadLetters: false).NeedsAttention);
        Assert.Equal("9 visible, 2 in flight, 1 delayed", QueueReader.Of([9, 2, 1], holdsDeadLetters: false).Summary);
    }

    [Fact]
    public void Subscriptions_are_told_by_protocol_and_not_by_address()
    {
        Assert.Equal("no subscription", TopicReader.Of([]).Summary);
        Assert.Equal("1 subscription: email", TopicReader.Of(["email"]).Summary);
        Assert.Equal("3 subscriptions: 2 email, sqs", TopicReader.Of(["email", "sqs", "email"]).Summary);
    }

    private static Reading Queue(int visible) => QueueReader.Of([visible, 0, 0], holdsDeadLetters: false);

    private ResourceSampler Sampler() => new("jobs", _script, reading =>
    {
        _told.Add(reading);
        return Task.CompletedTask;
    }, _log);

    private async Task Sample(params object[] answers)
    {
        var sampler = Sampler();
        foreach (var answer in answers)
        {
            _script.Next = answer;
            await sampler.SampleAsync(TimeProvider.System, CancellationToken.None);
        }
    }

    private sealed class Script : IResourceReader
    {
        /// <summary>A reading, or what goes wrong instead.</summary>
        public object Next { get; set; } = "";

        public Task<Reading> ReadAsync(CancellationToken cancellation) =>
            Next is Exception fault ? Task.FromException<Reading>(fault) : Task.FromResult((Reading)Next);
    }
}
