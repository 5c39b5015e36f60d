using Amazon;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;

namespace Aspire.Hosting;

public static class SDKResourceExtensions
{
    public static IAWSSDKConfig AddAWSSDKConfig(this IDistributedApplicationBuilder builder) => new AWSSDKConfig();

    public static IAWSSDKConfig WithProfile(this IAWSSDKConfig config, string profile)
    {
        config.Profile = profile;
        return config;
    }

    public static IAWSSDKConfig WithRegion(this IAWSSDKConfig config, RegionEndpoint region)
    {
        config.Region = region;
        return config;
    }

    public static IAWSSDKConfig WithRegion(this IAWSSDKConfig config, string systemName) =>
        config.WithRegion(RegionEndpoint.GetBySystemName(systemName));

    /// <summary>
    /// Gives the resource profile and region twice: as the SDK's own variables, and as the configuration that AWSSDK.Extensions.NETCore.Setup reads.
    /// </summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IAWSSDKConfig awsSdkConfig)
        where TDestination : IResourceWithEnvironment =>
        builder.WithAnnotation(new SDKResourceAnnotation(awsSdkConfig)).WithEnvironment(context =>
        {
            if (!context.ExecutionContext.IsPublishMode)
                awsSdkConfig.AddTo(context, overwrite: true);
        });

    internal static void AddTo(this IAWSSDKConfig config, EnvironmentCallbackContext context, bool overwrite)
    {
        Add("Profile", "AWS_PROFILE", config.Profile);
        Add("Region", "AWS_REGION", config.Region?.SystemName);

        void Add(string setting, string sdkVariable, string? value)
        {
            if (value is not { Length: > 0 } || (!overwrite && context.EnvironmentVariables.ContainsKey("AWS__" + setting)))
                return;
            context.EnvironmentVariables["AWS__" + setting] = value;
            context.EnvironmentVariables[sdkVariable] = value;
        }
    }
}
