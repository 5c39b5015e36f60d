using System.Net;
using QuizAspire.AppHost;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>What an AppHost says that cannot have its AWS: one line and exit code 1, soon, with nothing started.</summary>
public sealed class AwsRefusalTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("no-aws-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task Endpoint_that_does_not_answer_is_named()
    {
        var url = $"http://127.0.0.1:{LocalPorts.Free()}";

        var error = await RefusalAsync(new Dictionary<string, string?>(), "--aws", "endpoint", "--endpoint-url", url);

        Assert.Contains($"The AWS endpoint {url} does not answer", error, StringComparison.Ordinal);
    }

    /// <summary>Nothing forbids the search of credentials on the network here.</summary>
    [Fact]
    public async Task Account_without_credentials_is_refused_soon()
    {
        var begun = TimeProvider.System.GetTimestamp();

        var error = await RefusalAsync(EmptyHome, "--aws", "account", "--region", "us-west-1");

        Assert.Contains("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile.", error, StringComparison.Ordinal);
        Assert.DoesNotContain(":.", error, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Account_whose_credentials_AWS_refuses_is_told_with_its_reason()
    {
        await using var sts = FakeSts.Refusing();

        var error = await RefusalAsync(
            EmptyHome.With(("AWS_ACCESS_KEY_ID", "AKIANOBODY"), ("AWS_SECRET_ACCESS_KEY", "wrong"), ("AWS_ENDPOINT_URL_STS", sts.Url)),
            "--aws", "account", "--region", "us-west-1");

        Assert.Contains("AWS refuses the credentials (InvalidClientTokenId: The security token included in the request is invalid", error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "names no account")]
    [InlineData(HttpStatusCode.Forbidden, "There are no AWS credentials that work: ")]
    public async Task Account_is_refused_when_something_on_the_way_answers_in_place_of_AWS(HttpStatusCode status, string reason)
    {
        await using var sts = FakeSts.AnsweringWithAPage(status);

        var error = await RefusalAsync(
            EmptyHome.With(("AWS_ACCESS_KEY_ID", "AKIANOBODY"), ("AWS_SECRET_ACCESS_KEY", "wrong"), ("AWS_ENDPOINT_URL_STS", sts.Url)),
            "--aws", "account", "--region", "us-west-1");

        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_whose_service_never_answers_is_given_up_after_ten_seconds()
    {
        await using var sts = FakeSts.Silent();

        var error = await RefusalAsync(
            EmptyHome.With(("AWS_ACCESS_KEY_ID", "AKIANOBODY"), ("AWS_SECRET_ACCESS_KEY", "wrong"), ("AWS_ENDPOINT_URL_STS", sts.Url)),
            "--aws", "account", "--region", "us-west-1");

        Assert.Contains("within 10 s", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_without_a_region_is_told_how_to_give_one()
    {
        await using var sts = FakeSts.Refusing();

        var error = await RefusalAsync(
            EmptyHome.With(
                ("AWS_ACCESS_KEY_ID", "AKIANOBODY"), ("AWS_SECRET_ACCESS_KEY", "wrong"), ("AWS_ENDPOINT_URL_STS", sts.Url), ("AWS_EC2_METADATA_DISABLED", "true")),
            "--aws", "account");

        Assert.Contains("No AWS region is configured: give --region", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_that_is_not_there_is_named()
    {
        var error = await RefusalAsync(EmptyHome, "--aws", "account", "--profile", "nobody");

        Assert.Contains("no profile 'nobody'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = Developer")]
    [InlineData("role_arn = arn:aws:iam::123456789012:role/developer\nsource_profile = base")]
    public async Task Profile_that_the_programs_could_not_use_is_refused_with_the_way_out(string profile)
    {
        var config = Path.Combine(_home.FullName, "config");
        await File.WriteAllTextAsync(config, $"[profile base]\naws_access_key_id = a\naws_secret_access_key = b\n\n[profile me]\n{profile}\n");

        var error = await RefusalAsync(EmptyHome.With(("AWS_CONFIG_FILE", config)), "--aws", "account", "--profile", "me");

        Assert.Contains("aws configure export-credentials --profile me", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LocalStack_without_a_token_is_told_where_to_get_one()
    {
        var error = await RefusalAsync(EmptyHome.With(("LOCALSTACK_AUTH_TOKEN", null)), "--aws", "localstack");

        Assert.Contains("set LOCALSTACK_AUTH_TOKEN", error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task LocalStack_without_docker_is_told_what_is_missing()
    {
        var error = await RefusalAsync(EmptyHome.With(("LOCALSTACK_AUTH_TOKEN", "secret"), ("PATH", _home.FullName)), "--aws", "localstack");

        Assert.Contains("there is no `docker` on the PATH", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task LocalStack_without_dockers_daemon_is_told_so()
    {
        FakeDocker.Install(_home.FullName, "#!/bin/sh\necho 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2\nexit 1");

        var error = await RefusalAsync(
            EmptyHome.With(("LOCALSTACK_AUTH_TOKEN", "secret"), ("PATH", $"{_home.FullName}:{Environment.GetEnvironmentVariable("PATH")}")), "--aws", "localstack");

        Assert.Contains("its daemon does not answer: Cannot connect to the Docker daemon", error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task LocalStack_whose_port_is_taken_is_told_the_option_that_moves_it()
    {
        FakeDocker.Install(_home.FullName, "#!/bin/sh\nexit 0");
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        var error = await RefusalAsync(
            EmptyHome.With(("LOCALSTACK_AUTH_TOKEN", "secret"), ("PATH", $"{_home.FullName}:{Environment.GetEnvironmentVariable("PATH")}")),
            "--aws", "localstack", "--sqs-sns-s3-port", $"{port}");

        Assert.Contains($"Port {port} for LocalStack is taken", error, StringComparison.Ordinal);
        Assert.Contains("--sqs-sns-s3-port", error, StringComparison.Ordinal);
    }

    private Dictionary<string, string?> EmptyHome => new() { ["HOME"] = _home.FullName };

    private static async Task<string> RefusalAsync(Dictionary<string, string?> environment, params string[] arguments)
    {
        var (exitCode, _, error) = await HostProcess.RunToItsEndAsync(environment, TimeSpan.FromSeconds(60), ["--ports", "random", .. arguments]);

        Assert.Equal(1, exitCode);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return error;
    }
}
