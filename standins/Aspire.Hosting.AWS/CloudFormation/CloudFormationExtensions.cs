using Amazon.CloudFormation;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aspire.Hosting.AWS.CloudFormation;
using Aspire.Hosting.AWS.Provisioning;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting;

public static class CloudFormationExtensions
{
    /// <summary>Adds a stack that is created or updated from the template when the application starts.</summary>
    /// <param name="stackName">The resource's name unless given.</param>
    public static IResourceBuilder<ICloudFormationTemplateResource> AddAWSCloudFormationTemplate(
        this IDistributedApplicationBuilder builder, string name, string templatePath, string? stackName = null)
    {
        var resource = new CloudFormationTemplateResource(name, stackName ?? name, templatePath);
        StackProvisioning.AddTo(builder);
        return builder.AddResource(resource)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "CloudFormationTemplate", Properties = [] });
    }

    public static IResourceBuilder<ICloudFormationTemplateResource> WithParameter(
        this IResourceBuilder<ICloudFormationTemplateResource> builder, string parameterName, string parameterValue)
    {
        builder.Resource.AddParameter(parameterName, parameterValue);
        return builder;
    }

    public static StackOutputReference GetOutput(this IResourceBuilder<ICloudFormationResource> builder, string name) =>
        new(name, builder.Resource);

    /// <summary>Holds the resource's start back until the stack is there, and fails it with the stack's reason if it never is.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder, string name, StackOutputReference stackOutputReference)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(async context =>
        {
            if (context.ExecutionContext.IsPublishMode)
            {
                context.EnvironmentVariables[name] = stackOutputReference.ValueExpression;
                return;
            }
            stackOutputReference.Resource.AWSSDKConfig?.AddTo(context, overwrite: false);
            context.EnvironmentVariables[name] = await stackOutputReference.GetValueAsync(context.CancellationToken).ConfigureAwait(false) ?? "";
        });

    /// <summary>Says in which account and region the stack is made.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IAWSSDKConfig awsSdkConfig)
        where TDestination : ICloudFormationResource
    {
        builder.Resource.AWSSDKConfig = awsSdkConfig;
        return builder;
    }

    /// <summary>Gives the stack a client of its own, such as one of an emulator. It is disposed of after provisioning.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IAmazonCloudFormation cloudFormationClient)
        where TDestination : ICloudFormationResource
    {
        builder.Resource.CloudFormationClient = cloudFormationClient;
        return builder;
    }

    /// <summary>Waits for the stack and gives the resource each of its outputs, as configuration under the section.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<ICloudFormationResource> cloudFormationResourceBuilder,
        string configSection = "AWS:Resources")
        where TDestination : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        var stack = cloudFormationResourceBuilder.Resource;
        var prefix = configSection.Replace(":", "__", StringComparison.Ordinal);
        return builder.WaitFor(cloudFormationResourceBuilder).WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsPublishMode)
                return;
            stack.AWSSDKConfig?.AddTo(context, overwrite: false);
            foreach (var output in stack.Outputs ?? [])
                context.EnvironmentVariables[$"{prefix}__{output.OutputKey}"] = output.OutputValue;
        });
    }
}
