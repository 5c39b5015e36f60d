using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>The one call of CloudWatch that a local run answers, in the Query protocol: a form in, XML out.</summary>
internal sealed class CloudWatchApi(MetricStore store)
{
    private static readonly XNamespace Namespace = "http://monitoring.amazonaws.com/doc/2010-08-01/";

    /// <summary>For <c>POST /</c> of a web server.</summary>
    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType)
            return Refused(new QueryException("UnknownOperationException", "Only CloudWatch's Query protocol is spoken here."));
        var form = await request.ReadFormAsync(cancellation);
        try
        {
            return Answer(form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal));
        }
        catch (QueryException exception)
        {
            return Refused(exception);
        }
    }

    private IResult Answer(IReadOnlyDictionary<string, string> form) => form.GetValueOrDefault("Action") switch
    {
        "GetMetricData" => Xml(200, new XElement(
            Namespace + "GetMetricDataResponse", Result(GetMetricData.Answer(new QueryForm(form), store)), Element("ResponseMetadata", RequestId()))),
        var action => throw new QueryException("InvalidAction", $"The action {action} is not to be had in a local run."),
    };

    private static XElement Result(MetricDataPage page) => Element(
        "GetMetricDataResult",
        Element("MetricDataResults", page.Results.Select(result => Element(
            "member",
            Element("Id", result.Id),
            Element("Label", result.Label),
            Element("StatusCode", result.Complete ? "Complete" : "PartialData"),
            Element("Timestamps", result.Points.Select(point =>
                Element("member", point.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)))),
            Element("Values", result.Points.Select(point => Element("member", point.Value.ToString("R", CultureInfo.InvariantCulture))))))),
        Element("Messages"),
        page.NextToken is { } token ? Element("NextToken", token) : null);

    private static IResult Refused(QueryException exception) => Xml(400, new XElement(
        Namespace + "ErrorResponse",
        Element("Error", Element("Type", "Sender"), Element("Code", exception.Code), Element("Message", exception.Message)),
        RequestId()));

    private static XElement RequestId() => Element("RequestId", Guid.NewGuid().ToString());

    private static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    private static IResult Xml(int status, XElement root) => Results.Text(root.ToString(SaveOptions.DisableFormatting), "text/xml", statusCode: status);
}
