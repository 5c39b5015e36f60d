using System.Globalization;

namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>The parameters of a request in AWS's Query protocol: <c>Name.member.1.Part=value</c>.</summary>
internal sealed class QueryForm(IReadOnlyDictionary<string, string> values, string prefix = "")
{
    public string? this[string name] => values.GetValueOrDefault(prefix + name) is { Length: > 0 } value ? value : null;

    public bool Has(string name) => values.Keys.Any(key => key.StartsWith($"{prefix}{name}.", StringComparison.Ordinal));

    public QueryForm Part(string name) => new(values, $"{prefix}{name}.");

    public IEnumerable<QueryForm> Members(string name)
    {
        for (var number = 1; Has($"{name}.member.{number}"); number++)
            yield return Part($"{name}.member.{number}");
    }

    /// <exception cref="QueryException">It is missing.</exception>
    public string Required(string name) => this[name] ?? throw QueryException.Missing(prefix + name);

    /// <exception cref="QueryException">It is missing, or no time.</exception>
    public DateTimeOffset Time(string name) =>
        DateTimeOffset.TryParse(Required(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime() : throw QueryException.Invalid($"{prefix}{name} is no time: '{this[name]}'.");

    /// <exception cref="QueryException">It is no whole number above zero.</exception>
    public int? Number(string name) => this[name] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number : throw QueryException.Invalid($"{prefix}{name} is no whole number above zero: '{text}'.");
}

/// <summary>The request is at fault, in a way that CloudWatch has a code for.</summary>
internal sealed class QueryException(string code, string message) : Exception(message)
{
    public string Code => code;

    public static QueryException Invalid(string message) => new("InvalidParameterValue", message);

    public static QueryException Missing(string name) => new("MissingParameter", $"The parameter {name} is required.");
}
