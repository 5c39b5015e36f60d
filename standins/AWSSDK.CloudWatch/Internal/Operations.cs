using System.Globalization;
using Amazon.CloudWatch.Model;
using Amazon.Standins.Query;

namespace Amazon.CloudWatch.Internal;

/// <summary>The members of each request and answer, as the service names them.</summary>
internal static class Operations
{
    private static readonly QueryService Service = new("Amazon.CloudWatch", "2010-08-01",
        new Dictionary<string, QueryErrorConstructor>(),
        (m, e, t, c, r, s) => new AmazonCloudWatchException(m, e, t, c, r, s));

    public static readonly QueryOperation<GetMetricDataRequest, GetMetricDataResponse> GetMetricData =
        Service.Operation<GetMetricDataRequest, GetMetricDataResponse>("GetMetricData",
            (writer, request) =>
            {
                writer.Write("EndTime", request.EndTime);
                writer.WriteList("MetricDataQueries", request.MetricDataQueries, Write);
                writer.Write("NextToken", request.NextToken);
                writer.Write("ScanBy", request.ScanBy);
                writer.Write("StartTime", request.StartTime);
            },
            (result, response) =>
            {
                response.MetricDataResults = result.List("MetricDataResults", data => new MetricDataResult
                {
                    Id = data.Text("Id"),
                    Label = data.Text("Label"),
                    StatusCode = data.Text("StatusCode"),
                    Timestamps = data.Values("Timestamps", QueryResult.ToInstant),
                    Values = data.Values("Values", value => double.Parse(value, CultureInfo.InvariantCulture)),
                });
                response.NextToken = result.Text("NextToken");
            });

    private static void Write(QueryWriter writer, MetricDataQuery query)
    {
        writer.Write(".Id", query.Id);
        if (query.MetricStat is not { } statistic)
        {
            return;
        }

        writer.Write(".MetricStat.Period", statistic.Period);
        writer.Write(".MetricStat.Stat", statistic.Stat);
        if (statistic.Metric is not { } metric)
        {
            return;
        }

        writer.WriteList(".MetricStat.Metric.Dimensions", metric.Dimensions, (dimension, value) =>
        {
            dimension.Write(".Name", value.Name);
            dimension.Write(".Value", value.Value);
        });
        writer.Write(".MetricStat.Metric.MetricName", metric.MetricName);
        writer.Write(".MetricStat.Metric.Namespace", metric.Namespace);
    }
}
