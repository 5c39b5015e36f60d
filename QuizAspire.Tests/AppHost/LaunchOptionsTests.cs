using QuizAspire.AppHost;
using QuizAspire.AppHost.Backends;

namespace QuizAspire.Tests.AppHost;

public sealed class LaunchOptionsTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Nothing_given_is_a_fresh_run_on_the_ports_that_the_readme_names()
    {
        var options = Parsed();

        Assert.Equal(LocalPorts.Default, options.Ports);
        Assert.Empty(options.Parameters);
        Assert.Null(options.DataDirectory(new ProjectFolders("/repository/apphost")));
    }

    [Fact]
    public void Given_port_wins_over_random_ones()
    {
        var ports = Parsed("--ports", "random", "--api-port", "5099").Ports;

        Assert.Equal(5099, ports.Api);
        Assert.Equal(4, new HashSet<int> { ports.Api, ports.Dashboard, ports.SqsSnsS3, ports.DynamoDb }.Count);
        Assert.DoesNotContain(ports.Dashboard, new[] { LocalPorts.Default.Dashboard, 5099 });
    }

    [Fact]
    public void Given_port_moves_that_port_alone() =>
        Assert.Equal(LocalPorts.Default with { DynamoDb = 8001 }, Parsed("--dynamodb-port", "8001").Ports);

    [Fact]
    public void Parameters_are_read_by_name() => Assert.Equal(
        new Dictionary<string, string> { ["A"] = "1", ["B"] = "x=y" },
        Parsed("--parameter", "A=1", "--parameter", "B=x=y").Parameters);

    [Fact]
    public void Kept_data_is_where_it_was_said()
    {
        var folders = new ProjectFolders("/repository/apphost");

        Assert.Equal(folders.Data, Parsed("--data", "keep").DataDirectory(folders));
        Assert.Equal(Path.GetFullPath("elsewhere"), Parsed("--data", "keep", "--data-directory", "elsewhere").DataDirectory(folders));
    }

    [Fact]
    public void Nothing_given_is_the_embedded_aws() => Assert.Equal(new AwsOptions(AwsMode.Embedded), Parsed().Aws);

    [Fact]
    public void Endpoint_is_a_url_and_perhaps_a_region()
    {
        Assert.Equal(new AwsOptions(AwsMode.Endpoint, "http://127.0.0.1:5000"), Parsed("--aws", "endpoint", "--endpoint-url", "http://127.0.0.1:5000/").Aws);
        Assert.Equal(
            new AwsOptions(AwsMode.Endpoint, "https://aws.example.com/x", Region: "eu-central-1"),
            Parsed("--aws", "endpoint", "--endpoint-url", "https://aws.example.com/x", "--region", "eu-central-1").Aws);
    }

    [Fact]
    public void Account_is_a_profile_and_a_region_or_what_the_sdk_finds()
    {
        Assert.Equal(new AwsOptions(AwsMode.Account), Parsed("--aws", "account").Aws);
        Assert.Equal(
            new AwsOptions(AwsMode.Account, Profile: "me", Region: "us-gov-west-1"), Parsed("--aws", "account", "--profile", "me", "--region", "us-gov-west-1").Aws);
    }

    [Fact]
    public void LocalStack_takes_the_port_of_the_emulator_whose_place_it_has()
    {
        var options = Parsed("--aws", "localstack", "--sqs-sns-s3-port", "4577");

        Assert.Equal((AwsMode.LocalStack, 4577), (options.Aws.Mode, options.Ports.SqsSnsS3));
    }

    [Theory]
    [InlineData("--aws endpoint needs its URL", "--aws", "endpoint")]
    [InlineData("--endpoint-url is for --aws endpoint alone", "--endpoint-url", "http://127.0.0.1:5000")]
    [InlineData("--endpoint-url is for --aws endpoint alone", "--aws", "localstack", "--endpoint-url", "http://127.0.0.1:5000")]
    [InlineData("must be an absolute http or https URL", "--aws", "endpoint", "--endpoint-url", "127.0.0.1:5000")]
    [InlineData("must be an absolute http or https URL", "--aws", "endpoint", "--endpoint-url", "/local")]
    [InlineData("must be an absolute http or https URL", "--aws", "endpoint", "--endpoint-url", "ftp://127.0.0.1")]
    [InlineData("must be an absolute http or https URL", "--aws", "endpoint", "--endpoint-url", "http://user:password@127.0.0.1")]
    [InlineData("must be an absolute http or https URL", "--aws", "endpoint", "--endpoint-url", "http://127.0.0.1?x=1")]
    [InlineData("--profile is for --aws account alone", "--profile", "me")]
    [InlineData("--profile is for --aws account alone", "--aws", "endpoint", "--endpoint-url", "http://127.0.0.1:5000", "--profile", "me")]
    [InlineData("--region is not for the embedded AWS", "--region", "us-west-2")]
    [InlineData("--region must be the name of a region", "--aws", "account", "--region", "California")]
    [InlineData("--region must be the name of a region", "--aws", "account", "--region", "us-west-1; rm")]
    [InlineData("--data is for the embedded AWS alone", "--aws", "account", "--data", "keep")]
    [InlineData("--data is for the embedded AWS alone", "--aws", "localstack", "--data", "fresh")]
    [InlineData("--data-directory is for the embedded AWS alone", "--aws", "account", "--data", "keep", "--data-directory", "x")]
    [InlineData("--dynamodb-port is for the embedded AWS alone", "--aws", "localstack", "--dynamodb-port", "8001")]
    [InlineData("--sqs-sns-s3-port is for the embedded AWS and LocalStack", "--aws", "account", "--sqs-sns-s3-port", "8001")]
    [InlineData("'moon'", "--aws", "moon")]
    public void Options_of_another_aws_are_told_and_end_with_2(string told, params string[] args)
    {
        Assert.Null(LaunchOptions.Parse(args, out var exitCode, _output, _error));

        Assert.Equal(2, exitCode);
        Assert.Contains(told, _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--parameter A is given twice", "--parameter", "A=1", "--parameter", "A=2")]
    [InlineData("takes NAME=VALUE, not 'A'", "--parameter", "A")]
    [InlineData("give --data keep with it", "--data-directory", "elsewhere")]
    [InlineData("give --data keep with it", "--data", "fresh", "--data-directory", "elsewhere")]
    [InlineData("--api-port must be from 1 to 65535", "--api-port", "0")]
    [InlineData("--api-port must be from 1 to 65535", "--ports", "random", "--api-port", "70000")]
    [InlineData("'some'", "--data", "some")]
    [InlineData("give --data keep with it", "--data", "some", "--data-directory", "elsewhere")]
    [InlineData("Unknown option '--prots'", "--prots", "random")]
    [InlineData("'dance'", "--operation", "dance")]
    [InlineData("'--output-path'", "--operation", "publish", "--output-path")]
    [InlineData("--output-path is for --operation publish alone", "--output-path", "x")]
    [InlineData("--architecture is for --operation publish alone", "--operation", "run", "--architecture", "x64")]
    [InlineData("--aws is for a run alone", "--operation", "publish", "--aws", "account")]
    public void Wrong_command_line_is_told_and_ends_with_2(string told, params string[] args)
    {
        Assert.Null(LaunchOptions.Parse(args, out var exitCode, _output, _error));

        Assert.Equal(2, exitCode);
        Assert.Contains(told, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_lists_the_options_and_ends_with_0()
    {
        Assert.Null(LaunchOptions.Parse(["--help"], out var exitCode, _output, _error));

        Assert.Equal(0, exitCode);
        Assert.Contains("--data-directory", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("5080", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _error.ToString());
    }

    [Theory]
    [InlineData("--Logging:LogLevel:Default=Debug")]
    [InlineData("--environment=Development")]
    [InlineData("--operation=publish")]
    public void Setting_of_aspires_own_is_let_through(string setting) => Assert.Equal(LocalPorts.Default, Parsed(setting).Ports);

    private LaunchOptions Parsed(params string[] args)
    {
        var options = LaunchOptions.Parse(args, out var exitCode, _output, _error);
        Assert.Equal(("", 0), (_error.ToString(), exitCode));
        Assert.NotNull(options);
        return options;
    }
}
