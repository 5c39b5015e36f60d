using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Functions;
using QuizAspire.Tests.Health;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Functions;

/// <summary>The functions are killed between any two of their steps: one result, at least one notification, never a lost one.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class StatisticsCrashTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private StatisticsRig _rig = null!;

    public async Task InitializeAsync() => _rig = await StatisticsRig.CreateAsync(sqs, dynamo);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [InlineData("the sheet is being read")]
    [InlineData("the statistics are written")]
    [InlineData("the job is finished")]
    [InlineData("the message is sent")]
    public async Task A_calculator_that_is_killed_when(string step)
    {
        var request = await _rig.AddSheetAsync();
        var killed = _rig.StartCalculator();
        var reached = Hold(step);
        _rig.Calculator.Invoke(SqsEvents.Of(request));
        await reached.WaitAsync(Patience);
        await killed.KillAsync();
        LetGo();

        _rig.StartCalculator();
        _rig.StartNotifier();
        Assert.Empty(await _rig.CalculateAsync(request with { Receive = 2 }));

        var job = await _rig.JobAsync(request);
        Assert.Equal((StatisticsJobStatus.Completed, new StatisticsJobResult(null, 3, 9, 0)), (job.Status, job.Result));
        Assert.Equal(1, await _rig.StatisticsObjectsAsync());
        var messages = await _rig.CompletedAsync();
        Assert.Equal(step == "the message is sent" ? 2 : 1, messages.Count);
        Assert.Empty(await _rig.NotifyAsync([.. messages]));
        Assert.Single(await _rig.InboxAsync());
    }

    [Theory]
    [InlineData("the statistics are being published", 1)]
    [InlineData("the statistics are published", 2)]
    [InlineData("the job is noted as told", 1)]
    public async Task A_notifier_that_is_killed_when(string step, int told)
    {
        var request = await _rig.AddSheetAsync();
        _rig.StartCalculator();
        Assert.Empty(await _rig.CalculateAsync(request));
        var message = Assert.Single(await _rig.CompletedAsync());
        var killed = _rig.StartNotifier();
        var reached = Hold(step);
        _rig.Notifier.Invoke(SqsEvents.Of(message));
        await reached.WaitAsync(Patience);
        await killed.KillAsync();
        LetGo();

        _rig.StartNotifier();
        Assert.Empty(await _rig.NotifyAsync(message with { Receive = 2 }));

        Assert.Equal(told, (await _rig.InboxAsync()).Count);
        Assert.NotNull((await _rig.JobAsync(request)).NotifiedAt);
        Assert.Empty(await _rig.NotifyAsync(message with { Receive = 3 }));
        Assert.Empty(await _rig.InboxAsync());
    }

    private void LetGo()
    {
        _rig.S3.Intercept = call => call.ForwardAsync();
        _rig.Sqs.Intercept = _rig.Sns.Intercept = _rig.Dynamo.Intercept = call => call.ForwardAsync();
    }

    /// <summary>Holds the call that the step ends with, and tells when it is there.</summary>
    private Task Hold(string step)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        switch (step)
        {
            case "the sheet is being read":
                _rig.S3.Intercept = call => call.Method == "GET" ? Reach(call.HangAsync) : call.ForwardAsync();
                break;
            case "the statistics are written":
                _rig.Dynamo.Intercept = call => Is(call, "UpdateItem", ":result_written") ? Reach(call.HangAsync) : call.ForwardAsync();
                break;
            case "the job is finished":
                _rig.Sqs.Intercept = call => Is(call, "SendMessage") ? Reach(call.HangAsync) : call.ForwardAsync();
                break;
            case "the message is sent":
                _rig.Sqs.Intercept = call => Is(call, "SendMessage") ? ForwardAndHoldAsync(call) : call.ForwardAsync();
                break;
            case "the statistics are being published":
                _rig.Sns.Intercept = call => Is(call, "Publish") ? Reach(call.HangAsync) : call.ForwardAsync();
                break;
            case "the statistics are published":
                _rig.Dynamo.Intercept = call => Is(call, "UpdateItem", ":notified_at") ? Reach(call.HangAsync) : call.ForwardAsync();
                break;
            case "the job is noted as told":
                _rig.Dynamo.Intercept = call => Is(call, "UpdateItem", ":notified_at") ? ForwardAndHoldAsync(call) : call.ForwardAsync();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step));
        }

        return reached.Task;

        T Reach<T>(Func<T> hold)
        {
            reached.TrySetResult();
            return hold();
        }

        async Task<AwsAnswer> ForwardAndHoldAsync(AwsCall call)
        {
            await call.ForwardAsync();
            return await Reach(call.HangAsync);
        }
    }

    private static bool Is(AwsCall call, string operation, string with = "") =>
        call.Operation == operation && call.Body.Contains(with, StringComparison.Ordinal);
}
