using System.Diagnostics.Metrics;
using QuizAspire.AppHost.Monitoring.Alarms;

namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>What is measured of queues, functions and alarms, told to OpenTelemetry too: the dashboard has it under the stack.</summary>
internal sealed class StackMeter
{
    private static readonly Dictionary<string, string> MessageStates = new(StringComparer.Ordinal)
    {
        [MetricCatalog.Visible] = "visible",
        [MetricCatalog.NotVisible] = "in_flight",
        [MetricCatalog.Delayed] = "delayed",
    };

    private readonly Counter<long> _invocations;
    private readonly Counter<long> _errors;
    private Measurement<long>[] _messages = [];

    public StackMeter(Meter meter, IReadOnlyList<AlarmWatch> alarms)
    {
        _invocations = meter.CreateCounter<long>(
            "quizaspire.emulator.function.invocations", "{invocation}", "Invocations that the Lambda emulator has counted.");
        _errors = meter.CreateCounter<long>(
            "quizaspire.emulator.function.errors", "{invocation}", "Invocations that failed or ran into their timeout, by the Lambda emulator.");
        meter.CreateObservableGauge("quizaspire.queue.messages", () => Volatile.Read(ref _messages), "{message}", "Messages in a queue.");
        meter.CreateObservableGauge(
            "quizaspire.alarm.state", () => alarms.Where(alarm => alarm.WhyNever is null).SelectMany(States), "1",
            "1 for the state that an alarm is in, 0 for the others.");
    }

    /// <summary>Takes the measurements of one round. A queue that is not among them has no value until it is again.</summary>
    public void Take(IReadOnlyCollection<Measurement> round)
    {
        Volatile.Write(ref _messages, [.. round.Where(one => one.Metric.Namespace == MetricCatalog.Queues).SelectMany(Messages)]);
        foreach (var (metric, values) in round.Where(one => one.Metric.Namespace == MetricCatalog.Functions))
            if (metric.Name is MetricCatalog.Invocations or MetricCatalog.Errors)
                (metric.Name == MetricCatalog.Invocations ? _invocations : _errors).Add(
                    (long)values.Sum, new KeyValuePair<string, object?>("faas.name", ValueOf(metric)));
    }

    private static IEnumerable<Measurement<long>> Messages(Measurement one) => MessageStates.TryGetValue(one.Metric.Name, out var state)
        ? [new((long)one.Values.Sum, new("messaging.destination.name", ValueOf(one.Metric)), new("quizaspire.message.state", state))]
        : [];

    private static IEnumerable<Measurement<int>> States(AlarmWatch alarm)
    {
        var now = alarm.Status.State;
        return Enum.GetValues<AlarmState>().Select(state => new Measurement<int>(
            state == now ? 1 : 0, new("quizaspire.alarm.name", alarm.Alarm.Name), new("quizaspire.alarm.state", state.Text())));
    }

    /// <summary>Every metric that is measured here has one dimension.</summary>
    private static string ValueOf(MetricId metric) => metric.Dimensions[(metric.Dimensions.IndexOf('=', StringComparison.Ordinal) + 1)..];
}
