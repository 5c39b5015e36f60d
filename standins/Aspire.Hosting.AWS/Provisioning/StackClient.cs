using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Amazon;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.CloudFormation;

namespace Aspire.Hosting.AWS.Provisioning;

internal static partial class StackClient
{
    /// <exception cref="AWSProvisioningException">There are no credentials, or no region.</exception>
    public static IAmazonCloudFormation For(ICloudFormationResource resource)
    {
        if (resource.CloudFormationClient is { } given)
            return given;
        try
        {
            if (resource.AWSSDKConfig is not { } sdk)
                return new AmazonCloudFormationClient();
            var config = new AmazonCloudFormationConfig();
            if (sdk.Profile is { Length: > 0 } profile)
                config.Profile = new Profile(profile);
            if (sdk.Region is { } region)
                config.RegionEndpoint = region;
            return new AmazonCloudFormationClient(DefaultAWSCredentialsIdentityResolver.GetCredentials(config), config);
        }
        catch (AmazonClientException exception)
        {
            throw new AWSProvisioningException($"There is no account to provision in: {exception.Message}", exception);
        }
    }

    /// <summary>Where the stack is shown, for a stack in AWS itself; an emulator has no console.</summary>
    public static ImmutableArray<UrlSnapshot> ConsoleUrls(IAmazonCloudFormation client, string stackId)
    {
        try
        {
            var endpoint = client.DetermineServiceOperationEndpoint(new DescribeStacksRequest { StackName = stackId })?.URL;
            if (endpoint?.Contains(".amazonaws.", StringComparison.OrdinalIgnoreCase) != true
                || !Arn.TryParse(stackId, out var arn) || !CommercialRegion().IsMatch(arn.Region))
                return [];
            var page = $"https://console.aws.amazon.com/cloudformation/home?region={arn.Region}"
                + $"#/stacks/resources?stackId={Uri.EscapeDataString(stackId)}";
            return
            [
                new UrlSnapshot("aws-console", page, IsInternal: false)
                {
                    DisplayProperties = new UrlDisplayPropertiesSnapshot("AWS CloudFormation Console"),
                },
            ];
        }
        catch (Exception exception) when (exception is AmazonClientException or NotImplementedException or NotSupportedException)
        {
            // A client of somebody's own that does not say where it goes: the link is only a convenience.
            return [];
        }
    }

    // The other partitions have consoles at other addresses.
    [GeneratedRegex(@"^(us|eu|ap|sa|ca|me|af|il)-\w+-\d+$")]
    private static partial Regex CommercialRegion();
}
