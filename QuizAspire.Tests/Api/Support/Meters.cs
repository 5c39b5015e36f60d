using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Support;

/// <summary>Makes meters, and keeps what they measure: of its own alone, whatever else runs in this process.</summary>
internal sealed class Meters : IMeterFactory
{
    private readonly RecordedMeasurements _measured;

    public Meters() => _measured = new RecordedMeasurements(meter => meter.Scope == this);

    public Meter Create(MeterOptions options) => new(options.Name, options.Version, options.Tags, scope: this);

    /// <summary>In the place of the application's own.</summary>
    public void AddTo(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IMeterFactory>(this));

    /// <summary>The measurements of an instrument, in order: what was measured, and its attributes as <c>name=value</c>.</summary>
    public IReadOnlyList<(double Value, string Tags)> Of(string instrument) => [.. _measured.Of(instrument).Select(one => (one.Value, one.Attributes))];

    public void Dispose() => _measured.Dispose();
}
