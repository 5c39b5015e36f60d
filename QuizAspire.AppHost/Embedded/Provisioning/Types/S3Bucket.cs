using Amazon.S3;
using Amazon.S3.Model;

namespace QuizAspire.AppHost.Embedded.Provisioning.Types;

internal sealed class S3Bucket() : ResourceType("AWS::S3::Bucket")
{
    public override ResourceIdentity Identify(ResourceRequest request)
    {
        // A bucket's name has no upper case.
        var name = request.NameOr("BucketName").ToLowerInvariant();
        return new(name, name, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Arn"] = $"arn:aws:s3:::{name}",
            ["DomainName"] = $"{name}.s3.amazonaws.com",
            ["RegionalDomainName"] = $"{name}.s3.{Templates.PseudoParameters.Region}.amazonaws.com",
        });
    }

    public override async Task<ProvisionedResource> ProvisionAsync(PlannedResource resource, EmulatorClients clients, CancellationToken cancellation)
    {
        var name = resource.Identity.Name;
        var present = (await clients.S3.ListBucketsAsync(cancellation)).Buckets ?? [];
        if (present.Exists(bucket => bucket.BucketName == name))
            return new(resource, ProvisionOutcome.Unchanged, Notes(resource));

        await clients.S3.PutBucketAsync(new PutBucketRequest { BucketName = name }, cancellation);
        return new(resource, ProvisionOutcome.Created, Notes(resource));
    }

    private static string[] Notes(PlannedResource resource) =>
    [
        .. resource.Properties.Select(property => property.Key).Where(name => name != "BucketName").Select(name => name switch
        {
            "BucketEncryption" => "encryption is not emulated",
            "LifecycleConfiguration" => "its lifecycle is not emulated: nothing expires",
            "VersioningConfiguration" => "versions are not emulated: an overwritten object is gone",
            "PublicAccessBlockConfiguration" or "OwnershipControls" => "access is not checked",
            "CorsConfiguration" => "the emulator lets any page upload parts and read their ETags",
            "NotificationConfiguration" => "notifications are not emulated",
            "Tags" => "tags are left out",
            var other => $"{other} is not emulated",
        }).Distinct(StringComparer.Ordinal),
    ];
}
