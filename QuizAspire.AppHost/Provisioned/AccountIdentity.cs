using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using QuizAspire.AppHost.Backends;

namespace QuizAspire.AppHost.Provisioned;

/// <summary>Whose account a run would change, asked of AWS before it changes anything.</summary>
/// <param name="Environment">What processes need so that they find the same credentials.</param>
internal sealed record AccountIdentity(string Account, string Region, IReadOnlyDictionary<string, string> Environment)
{
    private static readonly string[] CredentialVariables = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

    /// <param name="within">Covers the search for credentials too, which may ask services that are not there.</param>
    /// <exception cref="LaunchException">No credentials, no region, or AWS refuses them.</exception>
    public static async Task<AccountIdentity> RequireAsync(AwsOptions options, TimeSpan within)
    {
        var configured = RequireProfile(options.Profile);
        using var deadline = new CancellationTokenSource(within);
        try
        {
            // Parts of the search block their thread and know no cancellation.
            return await Task.Run(() => AskAsync(options, configured, deadline.Token), deadline.Token).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new LaunchException(
                $"AWS credentials were not found and confirmed within {within.TotalSeconds:0.###} s. {Remedy(options)}", exception);
        }
        catch (AmazonServiceException exception) when (exception.ErrorCode is not null)
        {
            throw new LaunchException($"AWS refuses the credentials ({exception.ErrorCode}: {exception.Message}). {Remedy(options)}", exception);
        }
        catch (Exception exception) when (exception is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            throw new LaunchException($"There are no AWS credentials that work: {FirstLine(exception.Message)} {Remedy(options)}", exception);
        }
    }

    private static async Task<AccountIdentity> AskAsync(AwsOptions options, CredentialProfile? profile, CancellationToken cancellation)
    {
        var config = new AmazonSecurityTokenServiceConfig { MaxErrorRetry = 1 };
        if (profile is not null)
            config.Profile = new Profile(profile.Name);
        // The SDK itself looks for a region in the default profile alone.
        if ((options.Region is { } given ? RegionEndpoint.GetBySystemName(given) : profile?.Region) is { } chosen)
            config.RegionEndpoint = chosen;
        var credentials = DefaultAWSCredentialsIdentityResolver.GetCredentials(config);
        // Finding them may still be to come: what the chain gives is only what it would use.
        await credentials.GetCredentialsAsync();
        var region = config.RegionEndpoint?.SystemName
            ?? throw new LaunchException("No AWS region is configured: give --region, set AWS_REGION, or add a region to the profile.");
        using var sts = new AmazonSecurityTokenServiceClient(credentials, config);
        var caller = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellation);
        // A page of something on the way, such as a network's sign-in, reads as an answer without content.
        if (string.IsNullOrEmpty(caller.Account))
            throw new LaunchException("What answers in place of AWS's security token service names no account: is there a proxy on the way?");
        // A process would take credentials from its environment before those of the profile that it is told of.
        var environment = options.Profile is null ? [] : CredentialVariables.ToDictionary(name => name, _ => "", StringComparer.Ordinal);
        return new AccountIdentity(caller.Account, region, environment);
    }

    /// <summary>The programs of this system load no SSO and no role assumption, which would weigh on the functions in AWS.</summary>
    private static CredentialProfile? RequireProfile(string? name)
    {
        if (name is null)
            return null;
        if (!new CredentialProfileStoreChain().TryGetProfile(name, out var profile))
            throw new LaunchException($"The AWS configuration has no profile '{name}'.");
        var options = profile.Options;
        if ((options.RoleArn ?? options.SsoSession ?? options.SsoStartUrl ?? options.WebIdentityTokenFile) is not null)
            throw new LaunchException(
                $"The profile '{name}' signs in through SSO or a role, which the programs of this system do not load. Put its credentials into the "
                + $"environment and start without --profile: eval \"$(aws configure export-credentials --profile {name} --format env)\"");
        return profile;
    }

    private static string Remedy(AwsOptions options) => options.Profile is null
        ? "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile."
        : $"See the profile '{options.Profile}' of the AWS configuration.";

    /// <summary>Where the SDK goes on with what each provider of credentials said, its first line ends by announcing them.</summary>
    private static string FirstLine(string text)
    {
        var line = text.Split('\n')[0].Trim();
        if (line.EndsWith(':') && line.LastIndexOf(". ", StringComparison.Ordinal) is > 0 and var end)
            line = line[..end];
        return $"{line.TrimEnd('.', ':')}.";
    }
}
