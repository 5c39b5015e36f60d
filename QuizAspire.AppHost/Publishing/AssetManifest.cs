using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Publishing;

/// <summary>What the CDK says must be in S3 before the template is deployed.</summary>
internal static class AssetManifest
{
    /// <summary>Each file of code, relative to the publication, with the key under which the template expects it in the bucket.</summary>
    public static IReadOnlyList<(string File, string Key)> CodeIn(string directory, string stack)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(directory, $"{stack}.assets.json")))!;
        return
        [
            .. from asset in manifest["files"]!.AsObject()
               let file = asset.Value!["source"]!["path"]!.GetValue<string>()
               // The CDK uploads the template too; CloudFormation is given it in another way by everyone else.
               where file != $"{stack}.template.json"
               let destination = asset.Value["destinations"]!.AsObject().Single().Value!
               select (file, destination["objectKey"]!.GetValue<string>()),
        ];
    }
}
