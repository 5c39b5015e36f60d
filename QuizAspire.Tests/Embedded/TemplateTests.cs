using System.Text.Json.Nodes;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.Tests.Embedded;

public sealed class TemplateTests
{
    private static readonly EmulatorAddresses Addresses = new(4566, 8000);

    /// <summary>A value in a template with a queue, a table, parameters, a mapping and conditions, and what it resolves to.</summary>
    [Theory]
    [InlineData("""{"Ref":"Queue"}""", "http://127.0.0.1:4566/000000000000/q.fifo")]
    [InlineData("""{"Fn::GetAtt":["Queue","Arn"]}""", "arn:aws:sqs:us-west-1:000000000000:q.fifo")]
    [InlineData("""{"Fn::GetAtt":"Queue.QueueName"}""", "q.fifo")]
    [InlineData("""{"Ref":"Table"}""", "stack-Table")]
    [InlineData("""{"Fn::GetAtt":["Table","Arn"]}""", "arn:aws:dynamodb:us-west-1:000000000000:table/stack-Table")]
    [InlineData("""{"Ref":"Text"}""", "word")]
    [InlineData("""{"Ref":"Number"}""", "3")]
    [InlineData("""{"Ref":"AWS::Region"}""", "us-west-1")]
    [InlineData("""{"Ref":"AWS::AccountId"}""", "000000000000")]
    [InlineData("""{"Ref":"AWS::Partition"}""", "aws")]
    [InlineData("""{"Ref":"AWS::StackName"}""", "stack")]
    [InlineData("""{"Ref":"AWS::URLSuffix"}""", "amazonaws.com")]
    [InlineData("""{"Fn::Sub":"${Text}-${AWS::Region}-${Queue.Arn}-${Number}"}""", "word-us-west-1-arn:aws:sqs:us-west-1:000000000000:q.fifo-3")]
    [InlineData("""{"Fn::Sub":["${own}/${Text}",{"own":{"Ref":"Number"}}]}""", "3/word")]
    [InlineData("""{"Fn::Sub":"${!Literal} ${Text}"}""", "${Literal} word")]
    [InlineData("""{"Fn::Sub":"$Text {Text} $"}""", "$Text {Text} $")]
    [InlineData("""{"Fn::Join":["-",["a",{"Ref":"Text"},{"Ref":"Number"}]]}""", "a-word-3")]
    [InlineData("""{"Fn::Join":[",",{"Ref":"List"}]}""", "one,two")]
    [InlineData("""{"Fn::Join":["",["a",{"Ref":"AWS::NoValue"},"b"]]}""", "ab")]
    [InlineData("""{"Fn::Select":["1",["a","b"]]}""", "b")]
    [InlineData("""{"Fn::Select":[5,{"Fn::Split":[":",{"Fn::GetAtt":["Queue","Arn"]}]}]}""", "q.fifo")]
    [InlineData("""{"Fn::FindInMap":["Sizes",{"Ref":"Text"},"memory"]}""", "512")]
    [InlineData("""{"Fn::If":["IsWord","yes","no"]}""", "yes")]
    [InlineData("""{"Fn::If":["IsNotWord",{"Ref":"NoSuchThing"},"no"]}""", "no")]
    [InlineData("""{"Fn::If":["Both","yes","no"]}""", "no")]
    [InlineData("""{"Fn::If":["Either","yes","no"]}""", "yes")]
    [InlineData("""{"Fn::If":["IsThree","yes","no"]}""", "yes")]
    public void Function_resolves(string value, string expected) => Assert.Equal(expected, Plan(value).Outputs["Value"]);

    [Theory]
    [InlineData("""{"Fn::ImportValue":"x"}""", "Fn::ImportValue")]
    [InlineData("""{"Fn::Cidr":["x",1,1]}""", "Fn::Cidr")]
    [InlineData("""{"Ref":"Nothing"}""", "'Nothing'")]
    [InlineData("""{"Ref":"Absent"}""", "'Absent'")]
    [InlineData("""{"Fn::GetAtt":["Queue","Colour"]}""", "Colour")]
    [InlineData("""{"Fn::Sub":"${Nothing.Arn}"}""", "'Nothing'")]
    [InlineData("""{"Fn::Select":[2,["a","b"]]}""", "item 2 of 2")]
    [InlineData("""{"Fn::Join":["-"]}""", "2 arguments")]
    [InlineData("""{"Fn::FindInMap":["Sizes","tall","memory"]}""", "Sizes/tall/memory")]
    [InlineData("""{"Fn::If":["NoCondition","a","b"]}""", "'NoCondition'")]
    [InlineData("""{"Fn::If":["Round","a","b"]}""", "Round -> Trip -> Round")]
    [InlineData("""{"Ref":"AWS::NoValue"}""", "AWS::NoValue")]
    [InlineData("""["a"]""", "a text is needed")]
    public void Unresolvable_value_is_an_error_that_names_it(string value, string named)
    {
        var error = Assert.Throws<TemplateException>(() => Plan(value));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_without_a_value_is_left_out()
    {
        var template = Json("\"x\"");
        template["Resources"]!["Queue"]!["Properties"]!["DelaySeconds"] = JsonNode.Parse("""{"Fn::If":["IsWord",{"Ref":"AWS::NoValue"},5]}""");

        var queue = StackPlanner.Plan(template.ToJsonString(), "stack", Addresses).Resources.Single(resource => resource.LogicalId == "Queue");

        Assert.Equal(["QueueName", "FifoQueue"], queue.Properties.Select(property => property.Key));
    }

    [Fact]
    public void Resource_and_output_whose_condition_does_not_hold_are_absent()
    {
        var plan = Plan("\"x\"");

        Assert.DoesNotContain(plan.Resources, resource => resource.LogicalId == "Absent");
        Assert.False(plan.Outputs.ContainsKey("AbsentValue"));
        Assert.True(Plan("\"x\"", ("Text", "other")).Outputs.ContainsKey("AbsentValue"));
    }

    [Theory]
    [InlineData("Text", "third", "not one of word, other")]
    [InlineData("Number", "9", "more than 5")]
    [InlineData("Number", "0", "less than 1")]
    [InlineData("Number", "many", "not a number")]
    [InlineData("Pattern", "abc", "does not match")]
    [InlineData("Pattern", "1", "shorter than 2")]
    [InlineData("Pattern", "12345", "longer than 4")]
    [InlineData("Nothing", "x", "no parameter 'Nothing'")]
    public void Parameter_is_checked(string name, string value, string expected)
    {
        var error = Assert.Throws<TemplateException>(() => Plan("\"x\"", (name, value)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameter_without_value_or_default_is_an_error()
    {
        var template = Json("\"x\"");
        template["Parameters"]!["Open"] = JsonNode.Parse("""{"Type":"String"}""");

        Assert.Contains("'Open'", Assert.Throws<TemplateException>(() => StackPlanner.Plan(template.ToJsonString(), "stack", Addresses)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"Resources":{"A":{}}}""")]
    [InlineData("""{"Resources":{"A":7}}""")]
    [InlineData("""{"Resources":{"A":{"Type":7}}}""")]
    [InlineData("""{"Resources":{"A":{"Type":"X","DependsOn":"B"}}}""")]
    [InlineData("""{"Resources":{"A":{"Type":"X"}},"Transform":"AWS::Serverless-2016-10-31"}""")]
    public void What_is_no_template_is_an_error(string json) =>
        Assert.Throws<TemplateException>(() => StackPlanner.Plan(json, "stack", Addresses));

    private static StackPlan Plan(string value, params (string Name, string Value)[] parameters) =>
        StackPlanner.Plan(Json(value).ToJsonString(), "stack", Addresses, parameters.ToDictionary(one => one.Name, one => one.Value));

    private static JsonObject Json(string value) => JsonNode.Parse($$"""
        {
          "Parameters": {
            "Text": { "Type": "String", "Default": "word", "AllowedValues": ["word", "other"] },
            "Number": { "Type": "Number", "Default": 3, "MinValue": 1, "MaxValue": 5 },
            "List": { "Type": "CommaDelimitedList", "Default": "one, two" },
            "Pattern": { "Type": "String", "Default": "12", "AllowedPattern": "[0-9]+", "MinLength": 2, "MaxLength": 4 }
          },
          "Mappings": { "Sizes": { "word": { "memory": 512 } } },
          "Conditions": {
            "IsWord": { "Fn::Equals": [{ "Ref": "Text" }, "word"] },
            "IsThree": { "Fn::Equals": [{ "Ref": "Number" }, "3"] },
            "IsNotWord": { "Fn::Not": [{ "Condition": "IsWord" }] },
            "Both": { "Fn::And": [{ "Condition": "IsWord" }, { "Condition": "IsNotWord" }] },
            "Either": { "Fn::Or": [{ "Condition": "IsWord" }, { "Condition": "IsNotWord" }] },
            "Round": { "Fn::Not": [{ "Condition": "Trip" }] },
            "Trip": { "Fn::Not": [{ "Condition": "Round" }] }
          },
          "Resources": {
            "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "q.fifo", "FifoQueue": true } },
            "Table": { "Type": "AWS::DynamoDB::Table" },
            "Absent": { "Type": "AWS::SQS::Queue", "Condition": "IsNotWord" }
          },
          "Outputs": {
            "Value": { "Value": {{value}} },
            "AbsentValue": { "Value": { "Ref": "Absent" }, "Condition": "IsNotWord" }
          }
        }
        """)!.AsObject();
}
