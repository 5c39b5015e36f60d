using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.Functions;

/// <summary>Everything that a process has told a collector, as text to look into.</summary>
internal static class Exported
{
    public static IReadOnlyList<string> AllOf(CollectorStub collector) =>
    [
        .. collector.Spans.SelectMany(span => new[] { span.Name, span.TraceState, span.StatusMessage }
            .Concat(Of(span.Attributes)).Concat(Of(span.Origin.Resource))
            .Concat(span.Links.SelectMany(link => Of(link.Attributes)))
            .Concat(span.Events.SelectMany(one => Of(one.Attributes).Append(one.Name)))),
        .. collector.Logs.SelectMany(log => Of(log.Attributes).Concat(Of(log.Origin.Resource)).Append(log.Body).Append(log.EventName)),
        .. collector.Metrics.SelectMany(metric => metric.Points.SelectMany(point => Of(point.Attributes)).Append(metric.Name)),
    ];

    private static IEnumerable<string> Of(OtlpAttributes attributes) => attributes.SelectMany(one => Texts(one.Value).Prepend(one.Key));

    private static IEnumerable<string> Texts(object? value) => value is IEnumerable<object?> several
        ? several.SelectMany(Texts)
        : [Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? ""];
}
