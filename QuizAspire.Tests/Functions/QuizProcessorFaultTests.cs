using System.Text.Json.Nodes;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

/// <summary>
/// What the function does when the database, the clock or its own process fails it. The oracle is that nothing is lost and
/// nothing is twice.
/// </summary>
[Collection(UsesDynamo.Name)]
public sealed class QuizProcessorFaultTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(4);

    private QuizProcessorRig _rig = null!;

    public async Task InitializeAsync() => _rig = await QuizProcessorRig.CreateAsync(dynamo);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Two_consumers_with_the_same_batch_at_once_leave_one_result_each()
    {
        _rig.StartFunction();
        _rig.StartFunction();
        var batch = Enumerable.Range(0, 10).Select(n => Delivery.OfSeed($"s{n % 3}")).ToList();
        // Both writes are held until both have come, so that they meet in the table.
        var bothWrite = new Barrier();
        _rig.Proxy.Intercept = async call =>
        {
            if (call.Operation == "BatchWriteItem")
                await bothWrite.ArriveAsync(2);
            return await call.ForwardAsync();
        };

        var answers = await Task.WhenAll(_rig.Invoke(batch).Answer, _rig.Invoke(batch).Answer);

        Assert.All(answers, answer => Assert.Empty(answer.Failures));
        await _rig.AssertStoredAsync(batch);
    }

    [Theory]
    [InlineData("ProvisionedThroughputExceededException", 400)]
    [InlineData("ThrottlingException", 400)]
    [InlineData("InternalServerError", 500)]
    public async Task Throttling_and_server_errors_are_waited_out(string code, int status)
    {
        var refusals = 0;
        _rig.Proxy.Intercept = call => call.Operation == "BatchWriteItem" && Interlocked.Increment(ref refusals) <= 6
            ? Task.FromResult(AwsAnswer.JsonError(code, status))
            : call.ForwardAsync();
        _rig.StartFunction();
        Delivery[] batch = [Delivery.OfSeed("s1"), Delivery.OfSeed("s2")];

        Assert.Empty(await _rig.DeliverAsync(batch));

        Assert.True(refusals > 6);
        await _rig.AssertStoredAsync(batch);
    }

    [Fact]
    public async Task Unprocessed_items_are_written_again_and_only_they()
    {
        var sizes = new List<int>();
        _rig.Proxy.Intercept = async call =>
        {
            if (call.Operation != "BatchWriteItem")
                return await call.ForwardAsync();

            // The table takes one item of each call.
            var body = JsonNode.Parse(call.Body)!;
            var items = body["RequestItems"]![_rig.Results]!.AsArray();
            sizes.Add(items.Count);
            var rest = items.Skip(1).Select(item => item!.DeepClone()).ToArray();
            body["RequestItems"]![_rig.Results] = new JsonArray(items[0]!.DeepClone());
            await call.Forward(body.ToJsonString());
            var unprocessed = new JsonObject();
            if (rest.Length > 0)
                unprocessed[_rig.Results] = new JsonArray(rest);
            return new AwsAnswer(200, new JsonObject { ["UnprocessedItems"] = unprocessed }.ToJsonString());
        };
        _rig.StartFunction();
        var batch = Enumerable.Range(0, 4).Select(n => Delivery.OfSeed($"s{n}")).ToList();

        Assert.Empty(await _rig.DeliverAsync(batch));

        Assert.Equal([4, 3, 2, 1], sizes);
        await _rig.AssertStoredAsync(batch);
    }

    [Fact]
    public async Task What_is_unprocessed_until_the_deadline_comes_back_and_the_rest_does_not()
    {
        var write = new TaskCompletionSource();
        _rig.Proxy.Intercept = async call =>
        {
            if (call.Operation != "BatchWriteItem" || write.Task.IsCompleted)
                return await call.ForwardAsync();

            var body = JsonNode.Parse(call.Body)!;
            var items = body["RequestItems"]![_rig.Results]!.AsArray();
            var byFate = items.ToLookup(item => item!.ToJsonString().Contains("stuck", StringComparison.Ordinal), item => item!.DeepClone());
            var (stuck, rest) = (byFate[true].ToArray(), byFate[false].ToArray());
            if (rest.Length > 0)
            {
                body["RequestItems"]![_rig.Results] = new JsonArray(rest);
                await call.Forward(body.ToJsonString());
            }

            var unprocessed = new JsonObject { [_rig.Results] = new JsonArray(stuck) };
            return new AwsAnswer(200, new JsonObject { ["UnprocessedItems"] = unprocessed }.ToJsonString());
        };
        _rig.StartFunction();
        var (stuck, behind, good) = (Delivery.OfSeed("stuck-1"), Delivery.OfSeed("stuck-1"), Delivery.OfSeed("s2"));

        Assert.Equal([stuck.MessageId, behind.MessageId], (await _rig.Invoke([stuck, good, behind], Short).Answer).Failures);
        await _rig.AssertStoredAsync(good);

        write.SetResult();
        Assert.Empty(await _rig.DeliverAsync(stuck with { Receive = 2 }, behind with { Receive = 2 }));
        await _rig.AssertStoredAsync(good, stuck, behind);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_gives_the_batch_back_before_the_function_is_timed_out()
    {
        var hangs = true;
        _rig.Proxy.Intercept = async call =>
        {
            if (hangs && call.Operation == "BatchWriteItem")
                await call.Aborted.AsTask();
            return await call.ForwardAsync();
        };
        _rig.StartFunction();
        Delivery[] batch = [Delivery.OfSeed("s1"), Delivery.OfSeed("s2")];
        var invocation = _rig.Invoke(batch, Short);
        Assert.Equal(batch.Select(delivery => delivery.MessageId), (await invocation.Answer).Failures);
        // The client alone would go on trying for longer.
        Assert.InRange(invocation.Took, TimeSpan.Zero, TimeSpan.FromSeconds(15));

        hangs = false;
        Assert.Empty(await _rig.DeliverAsync(batch));
        await _rig.AssertStoredAsync(batch);
    }

    [Fact]
    public async Task An_own_id_whose_first_content_could_not_be_written_is_not_taken_by_the_second()
    {
        var puts = 0;
        _rig.Proxy.Intercept = call => call.Operation == "PutItem" && Interlocked.Increment(ref puts) == 1
            ? Task.FromResult(AwsAnswer.JsonError("AccessDeniedException"))
            : call.ForwardAsync();
        _rig.StartFunction();
        var (first, second, elsewhere) = (Delivery.OfOwnId("s1", "A"), Delivery.OfOwnId("s1", "B"), Delivery.OfOwnId("s2", "C"));

        Assert.Equal([first.MessageId, second.MessageId], await _rig.DeliverAsync(first, second, elsewhere));
        Assert.Equal("s2", Assert.Single(await _rig.ItemsAsync())["student_id"].S);

        Assert.Equal([second.MessageId], await _rig.DeliverAsync(first with { Receive = 2 }, second with { Receive = 2 }));
        var stored = Assert.Single(await _rig.ItemsAsync(), item => item["student_id"].S == "s1");
        Assert.Equal("A", stored["answers"].M["q1"].S);
    }

    [Fact]
    public async Task A_crash_after_the_write_and_before_the_acknowledgement_leaves_one_result_each()
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Proxy.Intercept = async call =>
        {
            var answer = await call.ForwardAsync();
            if (call.Operation == "BatchWriteItem" && written.TrySetResult())
                await call.Aborted.AsTask(); // the write has landed, and the function never hears of it
            return answer;
        };
        var function = _rig.StartFunction();
        var batch = Enumerable.Range(0, 10).Select(n => Delivery.OfSeed($"s{n}")).ToList();
        _rig.Invoke(batch);
        await written.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await function.KillAsync();
        Assert.Equal(10, (await _rig.ItemsAsync()).Count);

        _rig.StartFunction();
        Assert.Empty(await _rig.DeliverAsync(batch.Select(delivery => delivery with { Receive = 2 })));

        await _rig.AssertStoredAsync(batch);
    }

    [Fact]
    public async Task A_missing_table_gives_everything_back_until_it_is_there()
    {
        _rig.Environment["AWS__Resources__DynamodbTableName"] = "not-yet-there";
        _rig.StartFunction();
        Delivery[] batch = [Delivery.OfSeed("s1"), Delivery.OfSeed("s2")];

        Assert.Equal(batch.Select(delivery => delivery.MessageId), await _rig.DeliverAsync(batch));

        _rig.Proxy.Intercept = call => call.Forward(call.Body.Replace("not-yet-there", _rig.Results, StringComparison.Ordinal));
        Assert.Empty(await _rig.DeliverAsync(batch));
        await _rig.AssertStoredAsync(batch);
    }

    [Fact]
    public async Task A_database_that_is_down_at_the_start_does_not_keep_the_function_down()
    {
        _rig.Proxy.Intercept = _ => Task.FromResult(AwsAnswer.JsonError("ServiceUnavailable", 503));
        _rig.StartFunction();
        var first = Delivery.OfSeed("s1");

        Assert.Equal([first.MessageId], (await _rig.Invoke([first], Short).Answer).Failures);

        _rig.Proxy.Intercept = call => call.ForwardAsync();
        Assert.Empty(await _rig.DeliverAsync(first));
        await _rig.AssertStoredAsync(first);
    }

    [Fact]
    public async Task An_item_that_the_table_refuses_fails_alone_and_is_named_at_last()
    {
        _rig.StartFunction();
        var tooLarge = Delivery.OfSeed("s1", new string('x', 500_000)) with { Receive = QuizProcessorRig.MaxReceiveCount };
        var good = Delivery.OfSeed("s2");

        Assert.Equal([tooLarge.MessageId], await _rig.DeliverAsync(tooLarge, good));

        var items = await _rig.ItemsAsync();
        Assert.Equal("s2", Assert.Single(items, item => item["status"].S == "completed")["student_id"].S);
        Assert.Contains("ValidationException", Assert.Single(items, item => item["status"].S == "failed")["reason"].S, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_key_that_cannot_be_read_gives_the_message_back()
    {
        var fails = true;
        _rig.Proxy.Intercept = call => fails && call.Operation == "GetItem"
            ? Task.FromResult(AwsAnswer.JsonError("AccessDeniedException"))
            : call.ForwardAsync();
        _rig.StartFunction();
        var keyless = new Delivery("s1", """{"student_id": "s1", "quiz_id": "quiz-1", "answers": {"q1": "A"}}""");
        var keyed = Delivery.OfSeed("s2");

        Assert.Equal([keyless.MessageId], await _rig.DeliverAsync(keyless, keyed));
        await _rig.AssertStoredAsync(keyed);

        fails = false;
        Assert.Empty(await _rig.DeliverAsync(keyless));
        await _rig.AssertStoredAsync(keyed, keyless);
    }

    /// <summary>Lets nobody on until all have come.</summary>
    private sealed class Barrier
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _arrived;

        public Task ArriveAsync(int parties)
        {
            if (Interlocked.Increment(ref _arrived) == parties)
                _open.SetResult();
            return _open.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }
}
