using System.Text.Json;
using QuizAspire.AppHost.Publishing;

namespace QuizAspire.Tests.Publishing;

public sealed class ParametersFileTests
{
    private const string Template = """
        {
          "Parameters": {
            "AlertEmail": { "Type": "String", "Default": "" },
            "Share": { "Type": "Number", "Default": 0.05, "MinValue": 0, "MaxValue": 1 },
            "Days": { "Type": "Number", "Default": 30, "AllowedValues": [14, 30] },
            "Zones": { "Type": "CommaDelimitedList", "Default": "a,b" },
            "Bootstrap": { "Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk/version" }
          },
          "Resources": { "R": { "Type": "AWS::SNS::Topic" } }
        }
        """;

    [Fact]
    public void Every_parameter_is_there_with_its_default() =>
        Assert.Equal(["AlertEmail=", "Share=0.05", "Days=30", "Zones=a,b"], Lines());

    [Fact]
    public void Given_values_stand_as_they_were_given() =>
        Assert.Equal(["AlertEmail=a=\"b\"@c.example", "Share=0.50", "Days=14", "Zones=a,b"], Lines(
            ("AlertEmail", "a=\"b\"@c.example"), ("Share", "0.50"), ("Days", "14")));

    [Theory]
    [InlineData("Missing", "1", "Missing")]
    [InlineData("Share", "2", "more than 1")]
    [InlineData("Days", "31", "14, 30")]
    [InlineData("Share", "much", "not a number")]
    public void A_value_that_cloudformation_would_refuse_is_refused(string name, string value, string reason)
    {
        var refusal = Assert.Throws<PublishException>(() => Lines((name, value)));

        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static string[] Lines(params (string Name, string Value)[] given)
    {
        var values = ParametersFile.Values(Template, given.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal));
        return JsonSerializer.Deserialize<string[]>(ParametersFile.Content(values))!;
    }
}
