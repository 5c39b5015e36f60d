using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.AppHost.Publishing;

/// <summary>The values for a deployment, each of the template's parameters in its order.</summary>
/// <remarks>
/// Written as a list of <c>Name=Value</c>, which is what <c>aws cloudformation deploy --parameter-overrides file://...</c> reads in version 1 and
/// version 2 of the AWS CLI. CloudFormation's own list of ParameterKey and ParameterValue is understood by version 2 only.
/// </remarks>
internal static class ParametersFile
{
    public const string Name = "parameters.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="PublishException">A value is given for no parameter, or is against a rule of the parameter.</exception>
    public static IReadOnlyDictionary<string, string> Values(string template, IReadOnlyDictionary<string, string> given)
    {
        try
        {
            // One that CloudFormation reads from the account's Parameter Store has its default there, and is nobody's to give.
            var parameters = Template.Parse(template).Parameters
                .Where(parameter => !parameter.Value.Type.StartsWith("AWS::SSM::Parameter::Value", StringComparison.Ordinal))
                .ToDictionary(StringComparer.Ordinal);
            return TemplateParameter.Values(parameters, given)
                .ToDictionary(value => value.Key, value => given.GetValueOrDefault(value.Key) ?? Text(value.Value), StringComparer.Ordinal);
        }
        catch (TemplateException problem)
        {
            throw new PublishException(problem.Message, problem);
        }
    }

    public static string Content(IReadOnlyDictionary<string, string> values) =>
        JsonSerializer.Serialize(values.Select(value => $"{value.Key}={value.Value}"), Readable) + "\n";

    private static string Text(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Array => string.Join(',', value.AsArray().Select(item => Text(item!))),
        _ => value.ToJsonString(),
    };
}
