using System.Text.Json;
using Amazon.SQS;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.DeadLetters;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

/// <summary>Dead letters through the API as a function, a process that can be killed at any point.</summary>
[Collection(UsesEmulators.Name)]
public sealed class DeadLetterFunctionTests(Emulators emulators) : IAsyncLifetime
{
    private ApiFunction _api = null!;
    private DeadLetterWorld _letters = null!;

    private string Name => _letters.Queue.Name;

    public async Task InitializeAsync()
    {
        _api = await ApiFunction.CreateAsync(emulators);
        _letters = DeadLetterWorld.Over(
            emulators.Sqs, DeadLetterQueue.Of(_api.Resources["DlqUrl"], _api.Resources["SqsQueueUrl"], holdsSubmissions: true));
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _letters.DisposeAsync();
    }

    [Fact]
    public async Task A_process_killed_between_send_and_delete_loses_nothing_and_doubles_nothing()
    {
        var ids = await _letters.SendDeadAsync([("ada", "first"), ("grace", "second")]);
        await using var proxy = await AwsProxy.StartAsync(emulators.Sqs.Endpoint);
        var handles = new List<string>();
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Intercept = async call =>
        {
            if (call.Operation == "DeleteMessageBatch")
            {
                sent.TrySetResult();
                return await call.HangAsync();
            }
            var answer = await call.ForwardAsync();
            if (call.Operation == "ReceiveMessage" && Json.Of(answer.Body).TryGetProperty("Messages", out var messages))
                handles.AddRange(messages.EnumerateArray().Select(message => message.GetProperty("ReceiptHandle").GetString()!));
            return answer;
        };
        _api.Environment["AWS_ENDPOINT_URL_SQS"] = proxy.Endpoint;
        var sandbox = _api.StartSandbox();
        _ = _api.Invoke(Redrive(ids));
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await sandbox.KillAsync();
        foreach (var handle in handles)
            await _letters.Direct.ChangeMessageVisibilityAsync(_letters.Queue.Url, handle, 0); // as if their visibility timeout were over
        Assert.Equal(2, (await _letters.DeadAsync()).Visible);

        proxy.Intercept = call => call.ForwardAsync();
        _api.StartSandbox();
        var answer = await _api.ServeAsync(Redrive(ids));

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(ids.Order(), answer.BodyJson.GetProperty("moved").EnumerateArray().Select(id => id.GetString()!).Order());
        Assert.Equal(["first", "second"], (await _letters.TakeSourceAsync()).Select(message => message.Body).Order());
        Assert.Equal(0, (await _letters.DeadAsync()).Total);
    }

    [Fact]
    public async Task A_whole_queue_without_move_tasks_is_refused_where_nothing_runs_after_the_answer()
    {
        await _letters.SendDeadAsync([("ada", "stays")]);
        _api.StartSandbox();

        var answer = await _api.ServeAsync(Redrive(null));

        Assert.Equal(501, answer.StatusCode);
        Assert.Contains("message_ids", answer.Body, StringComparison.Ordinal);
        Assert.Equal(1, (await _letters.DeadAsync()).Visible);
    }

    private GatewayEvent Redrive(List<string>? ids) => new GatewayEvent("POST", "/operations/dead-letters/redrive").WithText(
        ids is null ? JsonSerializer.Serialize(new { queue = Name }) : JsonSerializer.Serialize(new { queue = Name, message_ids = ids }));
}
