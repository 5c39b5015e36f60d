namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>What one series of values is about. Dimensions are equal whatever their order was.</summary>
/// <param name="Dimensions"><c>Name=Value</c>, in order of name.</param>
internal sealed record MetricId(string Namespace, string Name, string Dimensions)
{
    public static MetricId Of(string @namespace, string name, IEnumerable<KeyValuePair<string, string>> dimensions) =>
        new(@namespace, name, string.Join(',', dimensions.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}")));

    public static MetricId Of(string @namespace, string name, string dimension, string value) => new(@namespace, name, $"{dimension}={value}");

    public override string ToString() => $"{Namespace} {Name} {{{Dimensions}}}";
}
