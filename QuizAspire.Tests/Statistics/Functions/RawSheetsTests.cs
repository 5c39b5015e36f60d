using System.Text;
using Amazon.S3;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Statistics.Storage;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Health;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Functions;

/// <summary>An object of S3 as one stream, whatever its connections do.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class RawSheetsTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
{
    private const string Key = "raw/sheet.csv";
    private static readonly byte[] Content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100_000).Select(n => $"{n}\n")));

    private StatisticsRig _rig = null!;
    private AmazonS3Client _s3 = null!;

    public async Task InitializeAsync()
    {
        _rig = await StatisticsRig.CreateAsync(sqs, dynamo);
        await _rig.PutSheetAsync(Key, Encoding.UTF8.GetString(Content));
        _s3 = StatisticsRig.CreateS3Client(_rig.S3.Endpoint);
    }

    public async Task DisposeAsync()
    {
        _s3.Dispose();
        await _rig.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70_000)]
    public async Task Every_byte_comes_once_over_connections_that_all_break(int bytesEach)
    {
        var calls = 0;
        _rig.S3.Intercept = call => Interlocked.Increment(ref calls) <= 6 ? call.BreakAfterAsync(bytesEach) : call.ForwardAsync();

        Assert.Equal(Content, await ReadAsync());
        Assert.InRange(calls, 7, int.MaxValue);
    }

    [Fact]
    public async Task A_connection_that_falls_silent_is_given_up_and_another_goes_on()
    {
        var calls = 0;
        _rig.S3.Intercept = async call =>
        {
            if (Interlocked.Increment(ref calls) > 1)
            {
                await call.ForwardAsync();
                return;
            }

            call.Http.Response.ContentLength = Content.Length;
            await call.Http.Response.Body.WriteAsync(Content.AsMemory(0, 10));
            await call.Http.Response.Body.FlushAsync();
            await call.HangAsync();
        };

        Assert.Equal(Content, await ReadAsync());
        Assert.InRange(calls, 2, int.MaxValue);
    }

    [Fact]
    public async Task Connections_that_give_nothing_are_not_asked_for_ever()
    {
        var calls = 0;
        _rig.S3.Intercept = call =>
        {
            Interlocked.Increment(ref calls);
            return call.BreakAfterAsync(0);
        };

        await Assert.ThrowsAnyAsync<IOException>(ReadAsync);
        Assert.Equal(9, calls);
    }

    [Fact]
    public async Task What_a_changed_object_still_has_is_not_mixed_with_what_was_read()
    {
        var calls = 0;
        _rig.S3.Intercept = async call =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await call.BreakAfterAsync(100_000);
                return;
            }

            await _rig.PutSheetAsync(Key, new string('x', Content.Length));
            await call.ForwardAsync();
        };

        var exception = await Assert.ThrowsAsync<AmazonS3Exception>(ReadAsync);
        Assert.Equal("PreconditionFailed", exception.ErrorCode);
    }

    [Fact]
    public async Task An_empty_object_is_an_empty_stream()
    {
        await _rig.PutSheetAsync(Key, "");

        Assert.Empty(await ReadAsync());
    }

    private async Task<byte[]> ReadAsync()
    {
        var time = new HastyTime();
        var sheets = new RawSheets(_s3, _rig.RawBucket, time, new Backoff(time, new Random(1)));
        await using var sheet = await sheets.OpenAsync(Key, default);
        using var read = new MemoryStream();
        await sheet.CopyToAsync(read);
        return read.ToArray();
    }

    /// <summary>A clock whose timers ring after a tenth of their time.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 10 : dueTime, period);
    }
}
