using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>The one call of CloudWatch that a local run answers, in the Query protocol: a form in, XML out.</summary>
internal sealed class CloudWatchApi(MetricStore store)
{
    private static readonly XNamespace Namespace = "http://monitoring.amazonaws.com/doc/2010-08-01/";

    /// <summary>As at AWS the service is all there is at an address.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/", AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        var (status, answer) = await AnswerAsync(context.Request, context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/xml";
        await context.Response.WriteAsync(answer.ToString(SaveOptions.DisableFormatting), context.RequestAborted);
    }

    private async Task<(int Status, XElement Answer)> AnswerAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            if (!request.HasFormContentType)
                throw new QueryException("UnknownOperationException", "Only CloudWatch's Query protocol is spoken here.");
            var form = await request.ReadFormAsync(cancellation);
            return (StatusCodes.Status200OK, Answer(form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal)));
        }
        catch (QueryException exception)
        {
            return (StatusCodes.Status400BadRequest, new XElement(
                Namespace + "ErrorResponse",
                Element("Error", Element("Type", "Sender"), Element("Code", exception.Code), Element("Message", exception.Message)),
                RequestId()));
        }
    }

    private XElement Answer(IReadOnlyDictionary<string, string> form) => form.GetValueOrDefault("Action") switch
    {
        "GetMetricData" => new XElement(
            Namespace + "GetMetricDataResponse", Result(GetMetricData.Answer(new QueryForm(form), store)), Element("ResponseMetadata", RequestId())),
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

    private static XElement RequestId() => Element("RequestId", Guid.NewGuid().ToString());

    private static XElement Element(string name, params object?[] content) => new(Namespace + name, content);
}
