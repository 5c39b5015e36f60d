using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Embedded.Templates;

/// <summary>The names that every template may refer to without declaring them, as they are for the embedded AWS.</summary>
internal static class PseudoParameters
{
    public const string AccountId = "000000000000";
    public const string Region = "us-west-1";
    public const string NoValue = "AWS::NoValue";

    public static JsonNode? Find(string name, string stackName) => name switch
    {
        "AWS::AccountId" => AccountId,
        "AWS::Region" => Region,
        "AWS::Partition" => "aws",
        "AWS::URLSuffix" => "amazonaws.com",
        "AWS::StackName" => stackName,
        "AWS::StackId" => $"arn:aws:cloudformation:{Region}:{AccountId}:stack/{stackName}/00000000-0000-0000-0000-000000000000",
        "AWS::NotificationARNs" => new JsonArray(),
        _ => null,
    };
}
