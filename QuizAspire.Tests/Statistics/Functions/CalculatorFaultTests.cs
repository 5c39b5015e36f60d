using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Functions;
using QuizAspire.Tests.Health;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Functions;

/// <summary>What the calculator does when the table or the second queue fails it.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class CalculatorFaultTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
{
    private StatisticsRig _rig = null!;

    public async Task InitializeAsync() => _rig = await StatisticsRig.CreateAsync(sqs, dynamo);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [InlineData(":started_at")]
    [InlineData(":result_written")]
    public async Task A_table_that_is_down_gives_the_request_back(string at)
    {
        var down = true;
        _rig.Dynamo.Intercept = call => down && call.Operation == "UpdateItem" && call.Body.Contains(at, StringComparison.Ordinal)
            ? Task.FromResult(AwsAnswer.JsonError("AccessDeniedException"))
            : call.ForwardAsync();
        _rig.StartCalculator();
        var request = await _rig.AddSheetAsync();

        Assert.Equal([request.MessageId], await _rig.CalculateAsync(request with { Receive = StatisticsRig.MaxReceiveCount }));
        Assert.Empty(await _rig.CompletedAsync());
        Assert.Equal(
            (StatisticsJobStatus.Failed, true),
            ((await _rig.JobAsync(request)).Status, (await _rig.JobAsync(request)).Reason!.Contains("AccessDenied", StringComparison.Ordinal)));

        down = false;
        Assert.Empty(await _rig.CalculateAsync(request with { Receive = 1 }));
        Assert.Equal(StatisticsJobStatus.Completed, (await _rig.JobAsync(request)).Status);
        Assert.Single(await _rig.CompletedAsync());
    }

    [Fact]
    public async Task Statistics_that_cannot_be_announced_stay_completed_and_are_announced_by_a_redrive()
    {
        var down = true;
        _rig.Sqs.Intercept = call => down
            ? Task.FromResult(AwsAnswer.JsonError("AccessDenied", 403))
            : call.ForwardAsync();
        _rig.StartCalculator();
        var request = await _rig.AddSheetAsync();

        Assert.Equal([request.MessageId], await _rig.CalculateAsync(request with { Receive = StatisticsRig.MaxReceiveCount }));
        Assert.Equal((StatisticsJobStatus.Completed, null), ((await _rig.JobAsync(request)).Status, (await _rig.JobAsync(request)).Reason));

        down = false;
        Assert.Empty(await _rig.CalculateAsync(request with { Receive = 1 }));
        Assert.Single(await _rig.CompletedAsync());
    }
}
