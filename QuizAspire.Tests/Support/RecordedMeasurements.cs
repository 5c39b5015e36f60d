using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace QuizAspire.Tests.Support;

/// <summary>A measurement, with its attributes as <c>name=value</c>, in the order of their names.</summary>
internal sealed record Measured(string Instrument, string? Unit, double Value, string Attributes);

/// <summary>Every measurement of some instruments, in order.</summary>
internal sealed class RecordedMeasurements : IDisposable
{
    private readonly ConcurrentQueue<Measured> _measured = new();
    private readonly MeterListener _listener = new();

    public RecordedMeasurements(Func<Meter, bool> isOwn)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (isOwn(instrument.Meter))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Measured> Of(string instrument) => [.. _measured.Where(one => one.Instrument == instrument)];

    /// <summary>The values of a counter by its attributes.</summary>
    public IReadOnlyDictionary<string, double> Totals(string instrument) =>
        Of(instrument).GroupBy(one => one.Attributes).ToDictionary(group => group.Key, group => group.Sum(one => one.Value));

    /// <summary>What the observable instruments say now.</summary>
    public IReadOnlyList<Measured> Observe()
    {
        var before = _measured.Count;
        _listener.RecordObservableInstruments();
        return [.. _measured.Skip(before)];
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _measured.Enqueue(new(
        instrument.Name, instrument.Unit, value,
        string.Join(' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))));
}
