using System.Globalization;

namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>CloudWatch's GetMetricData over what was measured here. No metric math: an expression is refused.</summary>
internal static class GetMetricData
{
    private const int DefaultMaximum = 100_800;
    private const int MaximumQueries = 500;

    /// <exception cref="QueryException">The request is at fault.</exception>
    public static MetricDataPage Answer(QueryForm request, MetricStore store)
    {
        var (start, end) = (request.Time("StartTime"), request.Time("EndTime"));
        if (start >= end)
            throw QueryException.Invalid("The parameter StartTime must be less than the parameter EndTime.");
        var queries = request.Members("MetricDataQueries").Select(Query).ToArray();
        if (queries.Length is 0 or > MaximumQueries)
            throw QueryException.Invalid($"The parameter MetricDataQueries must have 1 to {MaximumQueries} members.");
        if (queries.DistinctBy(query => query.Id).Count() < queries.Length)
            throw QueryException.Invalid("The values for parameter id in MetricDataQueries are not unique.");

        var ascending = request["ScanBy"] == "TimestampAscending";
        var results = queries.Where(query => query.Returned)
            .Select(query => new MetricDataResult(query.Id, query.Label, Points(query, start, end, ascending, store)));
        return Page(results, Skipped(request["NextToken"]), Math.Min(request.Number("MaxDatapoints") ?? DefaultMaximum, DefaultMaximum));
    }

    private static MetricDataQuery Query(QueryForm form)
    {
        var id = form.Required("Id");
        if (form["Expression"] is not null)
            throw new QueryException("ValidationError", $"Query {id} is an expression; metric math is not to be had in a local run.");
        var stat = form.Part("MetricStat");
        var metric = stat.Part("Metric");
        var dimensions = metric.Members("Dimensions").Select(one => KeyValuePair.Create(one.Required("Name"), one.Required("Value")));
        var statistic = stat.Required("Stat");
        if (!Statistic.IsKnown(statistic))
            throw QueryException.Invalid($"The parameter Stat of query {id} has a value that is not known here: '{statistic}'.");
        var named = dimensions.ToDictionary(StringComparer.Ordinal);
        var (space, name) = (metric.Required("Namespace"), metric.Required("MetricName"));
        return new MetricDataQuery(
            id, form["Label"] ?? name, MetricId.Of(space, name, named), statistic,
            TimeSpan.FromSeconds(stat.Number("Period") ?? throw QueryException.Missing("Period")), form["ReturnData"] != "false",
            MetricCatalog.WhyNotMeasured(space, name, named, stat["Unit"]) is null);
    }

    /// <summary>As CloudWatch counts the periods: from the start, rounded down to the whole minute, or to the period where that is shorter.</summary>
    private static IReadOnlyList<Datapoint> Points(MetricDataQuery query, DateTimeOffset start, DateTimeOffset end, bool ascending, MetricStore store)
    {
        if (!query.Measured)
            return [];
        var grain = TimeSpan.FromSeconds(Math.Min(60, query.Period.TotalSeconds));
        var from = start - TimeSpan.FromTicks(start.UtcTicks % grain.Ticks);
        var points = store.Query(query.Metric, query.Statistic, from, end, query.Period);
        return ascending ? points : [.. points.Reverse()];
    }

    /// <summary>A token says how many values have been given already, over all queries.</summary>
    private static MetricDataPage Page(IEnumerable<MetricDataResult> results, int skip, int maximum)
    {
        var page = new List<MetricDataResult>();
        var (seen, given, rest) = (0, 0, false);
        foreach (var result in results)
        {
            var points = result.Points.Skip(skip - seen).Take(maximum - given).ToArray();
            var done = Math.Max(0, Math.Min(skip - seen, result.Points.Count)) + points.Length;
            rest |= done < result.Points.Count;
            page.Add(result with { Points = points, Complete = done == result.Points.Count });
            seen += result.Points.Count;
            given += points.Length;
        }

        return new MetricDataPage(page, rest ? $"{skip + given}" : null);
    }

    private static int Skipped(string? token) => token is null ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw QueryException.Invalid("The value for parameter NextToken is not one that was given here.");

    private sealed record MetricDataQuery(
        string Id, string Label, MetricId Metric, string Statistic, TimeSpan Period, bool Returned, bool Measured);
}

/// <param name="Points">In the order asked for.</param>
/// <param name="Complete">This page, with those before it, holds all.</param>
internal sealed record MetricDataResult(string Id, string Label, IReadOnlyList<Datapoint> Points, bool Complete = true);

internal sealed record MetricDataPage(IReadOnlyList<MetricDataResult> Results, string? NextToken);
