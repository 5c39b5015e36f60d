using Amazon.CloudFormation.Model;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.Provisioning;

/// <summary>What the dashboard shows of a stack.</summary>
internal static class StackProperties
{
    public static IEnumerable<ResourcePropertySnapshot> Of(Stack stack, string templatePath) =>
    [
        new(CustomResourceKnownProperties.Source, stack.StackId),
        new("aws.cloudformation.template", templatePath),
        .. (stack.Outputs ?? []).Select(output => new ResourcePropertySnapshot("aws.cloudformation.output." + output.OutputKey, output.OutputValue)),
    ];
}
