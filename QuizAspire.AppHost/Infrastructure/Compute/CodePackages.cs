using System.Security.Cryptography;
using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3.Assets;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>
/// The code as assets of the stack: where the CDK uploads it, or under the same key in the bucket that the parameter names, so that the
/// template deploys without the CDK too. The key follows from the package's bytes, so an update of a function is a change of the template.
/// </summary>
internal sealed class CodePackages
{
    private readonly Construct _scope;
    private readonly OptionalParameter _assetsBucket;

    public CodePackages(Construct scope, OptionalParameter assetsBucket, FunctionPackages? packages)
    {
        (_scope, _assetsBucket) = (scope, assetsBucket);
        Architecture = packages?.Architecture == "x64" ? "x86_64" : "arm64";
        Functions = packages is null ? Unpublished("functions.zip") : Asset("FunctionsPackage", packages.FunctionsZip);
        Api = packages is null ? Unpublished("api.zip") : Asset("ApiPackage", packages.ApiZip);
    }

    /// <summary>By Lambda's name.</summary>
    public string Architecture { get; }

    public CfnFunction.CodeProperty Functions { get; }

    public CfnFunction.CodeProperty Api { get; }

    /// <summary>The CDK's own fingerprint of a file is over more than its bytes.</summary>
    private CfnFunction.CodeProperty Asset(string id, string zip)
    {
        using var bytes = File.OpenRead(zip);
        var asset = new Asset(_scope, id, new AssetProps
        {
            Path = zip,
            AssetHash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            AssetHashType = AssetHashType.CUSTOM,
        });
        return In(asset.S3BucketName, asset.S3ObjectKey);
    }

    /// <summary>A local run does not read where the code is, and has none that could be deployed.</summary>
    private CfnFunction.CodeProperty Unpublished(string key) => In("quizaspire-unpublished", key);

    private CfnFunction.CodeProperty In(string bucket, string key) => new()
    {
        S3Bucket = Fn.ConditionIf(_assetsBucket.Given.LogicalId, _assetsBucket.Value, bucket).ToString()!,
        S3Key = key,
    };
}
