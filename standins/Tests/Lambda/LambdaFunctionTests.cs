using Amazon.Lambda.TestTool.Emulator;

namespace Standins.Tests.Lambda;

public class LambdaFunctionTests
{
    private readonly LambdaFunction _function = new("f", isDeclared: true, new LambdaEmulatorSettings());

    [Fact]
    public async Task An_instance_whose_connection_is_gone_is_given_no_call_though_its_request_has_not_ended_yet()
    {
        _function.Connect("gone");
        var gone = _function.NextAsync("gone", CancellationToken.None);
        _function.Disconnect("gone");
        var call = new Invocation("1", "5"u8.ToArray(), "trace");

        Assert.True(_function.TryEnqueue(call));
        _function.Connect("there");
        var there = await _function.NextAsync("there", CancellationToken.None);

        Assert.Null(await gone);
        Assert.Same(call, there);
        Assert.True(_function.TryEnd("1", new InvocationResult("5"u8.ToArray(), IsError: false)));
    }

    [Fact]
    public async Task A_connection_that_went_before_its_request_was_read_is_given_no_waiting_call()
    {
        var call = new Invocation("1", "5"u8.ToArray(), "trace");
        Assert.True(_function.TryEnqueue(call));
        _function.Connect("gone");
        _function.Disconnect("gone");

        Assert.Null(await _function.NextAsync("gone", CancellationToken.None));

        Assert.True(_function.TryWithdraw(call));
    }
}
