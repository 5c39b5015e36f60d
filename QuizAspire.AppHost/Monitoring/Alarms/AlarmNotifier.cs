using System.Diagnostics;
using System.Threading.Channels;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Telemetry;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>
/// Carries out what alarms do when they change state: publishes to SNS, one after another in the order of the changes. What fails is repeated,
/// for long enough to outlive the restart of an emulator, and given up with an error in the log.
/// </summary>
/// <param name="resolve">What an ARN of the plan is in this AWS.</param>
/// <param name="pauses">Before each repetition.</param>
/// <param name="logger">The log of an alarm.</param>
/// <param name="telemetry">That of an alarm.</param>
internal sealed partial class AlarmNotifier(
    IAmazonSimpleNotificationService sns,
    Func<string, CancellationToken, ValueTask<string>> resolve,
    IReadOnlyList<TimeSpan> pauses,
    TimeProvider time,
    Func<string, ILogger> logger,
    Func<string, ResourceTelemetry> telemetry)
{
    public static readonly IReadOnlyList<TimeSpan> Pauses = [.. new[] { 1, 2, 5, 10, 20 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    private const string ApplicationEnds = "the application ends";

    // Longer than SNS ever takes; one that hangs must not hold up the alarms behind it.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Channel<AlarmTransition> _waiting =
        Channel.CreateUnbounded<AlarmTransition>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Puts it behind those that wait. Alarms change too rarely for a bound to matter.</summary>
    public void Tell(AlarmTransition transition) => _waiting.Writer.TryWrite(transition);

    /// <summary>Publishes until it is cancelled. What is not told by then is told to the log as lost.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var transition in _waiting.Reader.ReadAllAsync(stopping))
                await ActAsync(transition, stopping);
        }
        finally
        {
            while (_waiting.Reader.TryRead(out var transition))
                foreach (var action in transition.Actions)
                    GivenUp(logger(transition.Alarm.Name), transition.Alarm.Name, transition.To.Text(), action, 0, ApplicationEnds);
        }
    }

    /// <summary>An alarm that acts is a trace of its own, in which the notification is followed to whoever gets it.</summary>
    private async Task ActAsync(AlarmTransition transition, CancellationToken stopping)
    {
        if (transition.Actions.Count == 0)
            return;
        using var span = telemetry(transition.Alarm.Name).StartTrace($"alarm {transition.Alarm.Name}", startedAt: transition.At)
            ?.SetTag("quizaspire.alarm.name", transition.Alarm.Name)
            .SetTag("quizaspire.alarm.state", transition.To.Text())
            .SetTag("quizaspire.alarm.previous_state", transition.From.Text())
            .SetTag("quizaspire.alarm.reason", transition.Reason);
        foreach (var action in transition.Actions)
        {
            if (action.Split(':') is [_, _, "sns", ..])
                await PublishAsync(transition, action, stopping);
            else
                NotCarriedOut(logger(transition.Alarm.Name), transition.Alarm.Name, action);
        }
    }

    private async Task PublishAsync(AlarmTransition transition, string action, CancellationToken stopping)
    {
        var (alarm, state, log) = (transition.Alarm.Name, transition.To.Text(), logger(transition.Alarm.Name));
        var attempt = 1;
        var topic = PlannedTopic.NameIn(action);
        using var span = telemetry(alarm).Spans.StartActivity($"publish {topic}", ActivityKind.Producer)
            ?.SetTag("messaging.system", "aws.sns")
            .SetTag("messaging.operation.name", "publish")
            .SetTag("messaging.operation.type", "send")
            // What the two were one of before; the dashboard's summary of a span still reads it.
            .SetTag("messaging.operation", "publish")
            .SetTag("messaging.destination.name", topic)
            .SetTag("aws.sns.topic.arn", action);
        try
        {
            while (await TryPublishAsync(transition, action, stopping) is { } problem)
            {
                if (attempt > pauses.Count)
                {
                    span?.SetTag("error.type", "_OTHER").SetStatus(ActivityStatusCode.Error, problem);
                    GivenUp(log, alarm, state, action, attempt, problem);
                    return;
                }

                var pause = pauses[attempt++ - 1];
                NotTold(log, alarm, state, action, pause.TotalSeconds, problem);
                await Task.Delay(pause, time, stopping);
            }
        }
        // Whatever the end of the application looks like from inside a call.
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            GivenUp(log, alarm, state, action, attempt, ApplicationEnds);
            stopping.ThrowIfCancellationRequested();
        }
    }

    /// <returns>Why it could not be published; null when it was.</returns>
    private async Task<string?> TryPublishAsync(AlarmTransition transition, string action, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(Limit);
        try
        {
            var topic = await resolve(action, limit.Token);
            var names = await NamesAsync(transition.Alarm, limit.Token);
            var request = new PublishRequest(
                topic, AlarmMessage.Body(transition, topic, planned => names[planned]), AlarmMessage.Subject(transition, topic));
            foreach (var (name, value) in TraceCarrier.FieldsOf(Activity.Current?.Context ?? default))
                (request.MessageAttributes ??= [])[name] = new MessageAttributeValue { DataType = "String", StringValue = value };
            await sns.PublishAsync(request, limit.Token);
            Told(logger(transition.Alarm.Name), transition.Alarm.Name, transition.To.Text(), topic);
            return null;
        }
        // SNS down, the topic not there yet, throttling: which of them will pass cannot be told apart well enough to give up early.
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            return limit.IsCancellationRequested ? $"no answer within {Limit.TotalSeconds:0} s" : exception.Message;
        }
    }

    /// <summary>What the message lists. An action that is nothing in this AWS is listed as it was planned.</summary>
    private async Task<Dictionary<string, string>> NamesAsync(PlannedAlarm alarm, CancellationToken stopping)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var planned in alarm.OkActions.Concat(alarm.AlarmActions).Concat(alarm.InsufficientDataActions))
        {
            try
            {
                names[planned] = await resolve(planned, stopping);
            }
            catch (LaunchException)
            {
                names[planned] = planned;
            }
        }

        return names;
    }

    [LoggerMessage(LogLevel.Information, "{Alarm}: {State} was told to {Topic}")]
    private static partial void Told(ILogger logger, string alarm, string state, string topic);

    [LoggerMessage(LogLevel.Warning, "{Alarm}: {State} could not be told to {Action}, next attempt in {Seconds} s: {Reason}")]
    private static partial void NotTold(ILogger logger, string alarm, string state, string action, double seconds, string reason);

    [LoggerMessage(LogLevel.Error, "{Alarm}: {State} was NOT told to {Action} after {Attempts} attempts: {Reason}")]
    private static partial void GivenUp(ILogger logger, string alarm, string state, string action, int attempts, string reason);

    [LoggerMessage(LogLevel.Warning, "{Alarm}: the action {Action} is not of SNS; a local run does not carry it out")]
    private static partial void NotCarriedOut(ILogger logger, string alarm, string action);
}
