using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using QuizAspire.Functions.Telemetry;

namespace QuizAspire.Tests.Functions;

/// <summary>A measurement, with its attributes as <c>name=value</c>, in the order of their names.</summary>
internal sealed record Measurement(string Instrument, string? Unit, double Value, string Attributes);

/// <summary>Sees every measurement of one function.</summary>
internal sealed class NumberWatch : IDisposable
{
    private readonly ConcurrentQueue<Measurement> _measurements = new();
    private readonly MeterListener _listener = new();

    public NumberWatch(FunctionMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == metrics.Meter)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyCollection<Measurement> All => _measurements;

    public IReadOnlyList<Measurement> Of(string instrument) => [.. _measurements.Where(measured => measured.Instrument == instrument)];

    /// <summary>The values of a counter by its attributes.</summary>
    public IReadOnlyDictionary<string, double> Totals(string instrument) =>
        Of(instrument).GroupBy(measured => measured.Attributes).ToDictionary(group => group.Key, group => group.Sum(measured => measured.Value));

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _measurements.Enqueue(new(
        instrument.Name, instrument.Unit, value,
        string.Join(' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))));
}
