using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.AppHost.Backends;

/// <summary>What the command line says about AWS.</summary>
/// <param name="EndpointUrl">In mode endpoint; without a slash at its end.</param>
/// <param name="Profile">In mode account; null for what the SDK finds by itself.</param>
/// <param name="Region">Null for the default of the mode.</param>
internal sealed partial record AwsOptions(AwsMode Mode, string? EndpointUrl = null, string? Profile = null, string? Region = null)
{
    public const string DefaultRegion = PseudoParameters.Region;

    private static readonly Option<string> ModeOption = Choice();

    private static readonly Option<string?> EndpointUrlOption = new("--endpoint-url")
    {
        Description = "With '--aws endpoint': its URL, such as http://127.0.0.1:5000.",
        Validators = { CheckUrl },
    };

    private static readonly Option<string?> ProfileOption = new("--profile")
    {
        Description = "With '--aws account': the profile of the AWS configuration whose credentials to use.",
    };

    private static readonly Option<string?> RegionOption = new("--region")
    {
        Description = $"The AWS region, for any but the embedded AWS. An account's is its profile's when not given, another's {DefaultRegion}.",
        Validators = { CheckRegion },
    };

    public static void AddTo(RootCommand command)
    {
        command.Add(ModeOption);
        command.Add(EndpointUrlOption);
        command.Add(ProfileOption);
        command.Add(RegionOption);
        command.Validators.Add(CheckCombination);
    }

    public static AwsOptions From(ParseResult result) => new(
        ModeOf(result.GetValue(ModeOption)),
        result.GetValue(EndpointUrlOption)?.TrimEnd('/'),
        result.GetValue(ProfileOption),
        result.GetValue(RegionOption));

    /// <summary>For validators, which may meet a value that is not one of the four: that has an error of its own, and no value.</summary>
    public static AwsMode ModeOf(CommandResult result) => ModeOf(result.GetResult(ModeOption)?.Tokens is [.., var given] ? given.Value : null);

    private static AwsMode ModeOf(string? text) => Enum.TryParse<AwsMode>(text, ignoreCase: true, out var mode) ? mode : AwsMode.Embedded;

    private static Option<string> Choice()
    {
        var option = new Option<string>("--aws")
        {
            Description = "Where AWS is: 'embedded' emulators, an 'endpoint' that speaks CloudFormation, the developer's 'account', "
                + "or 'localstack' in a container.",
            DefaultValueFactory = _ => "embedded",
        };
        return option.AcceptOnlyFromAmong("embedded", "endpoint", "account", "localstack");
    }

    private static void CheckUrl(OptionResult result)
    {
        if (result.Tokens is [{ Value: var text }] && !IsEndpoint(text))
            result.AddError($"--endpoint-url must be an absolute http or https URL without user, query or fragment, not '{text}'.");
    }

    private static bool IsEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { UserInfo: "", Query: "", Fragment: "", Host.Length: > 0 };

    private static void CheckRegion(OptionResult result)
    {
        if (result.Tokens is [{ Value: var text }] && !RegionName().IsMatch(text))
            result.AddError($"--region must be the name of a region such as {DefaultRegion}, not '{text}'.");
    }

    private static void CheckCombination(CommandResult result)
    {
        var mode = ModeOf(result);
        if (mode == AwsMode.Endpoint && result.GetResult(EndpointUrlOption) is null)
            result.AddError("--aws endpoint needs its URL: give --endpoint-url URL.");
        if (mode != AwsMode.Endpoint && result.GetResult(EndpointUrlOption) is not null)
            result.AddError("--endpoint-url is for --aws endpoint alone.");
        if (mode != AwsMode.Account && result.GetResult(ProfileOption) is not null)
            result.AddError("--profile is for --aws account alone.");
        if (mode == AwsMode.Embedded && result.GetResult(RegionOption) is not null)
            result.AddError($"--region is not for the embedded AWS, which is always {DefaultRegion}.");
    }

    [GeneratedRegex(@"\A[a-z]{2}(-[a-z]+){1,2}-[0-9]{1,2}\z")]
    private static partial Regex RegionName();
}
