using System.Diagnostics;
using QuizAspire.AppHost;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>
/// `--aws account` and `--aws localstack` as processes of their own, because their environment is what matters: the developer's variables
/// lead to moto, which stands for AWS, and a program named docker starts it.
/// </summary>
public sealed class AccountTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(4));
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("account-");

    public void Dispose()
    {
        _deadline.Dispose();
        _directory.Delete(recursive: true);
    }

    [MotoFact]
    public async Task Profile_of_the_developer_reaches_every_process_and_the_account_is_told_first()
    {
        var docker = FakeDocker.Install(_directory.FullName);
        var port = LocalPorts.Free();
        using var moto = new Running(docker.Run(port));
        await Running.AnswersAsync(port);
        var config = Path.Combine(_directory.FullName, "config");
        await File.WriteAllTextAsync(config, $"""
            [profile developer]
            aws_access_key_id = AKIADEVELOPER
            aws_secret_access_key = key
            region = us-east-1
            endpoint_url = http://127.0.0.1:{port}
            """, _deadline.Token);
        var environment = new Dictionary<string, string?>
        {
            ["AWS_CONFIG_FILE"] = config,
            ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(_directory.FullName, "none"),
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            // Somebody else's, which the profile is to win over in every process.
            ["AWS_ACCESS_KEY_ID"] = "AKIAOTHER",
            ["AWS_SECRET_ACCESS_KEY"] = "other",
        };
        using var host = HostProcess.Start(environment, "--ports", "random", "--aws", "account", "--profile", "developer");

        var said = await host.SaysAsync("Press Ctrl+C", QuizSystem.StartDeadline);

        Assert.Contains("AWS account 123456789012 in us-east-1: the stack quiz-aspire-resources is provisioned there.", said[0], StringComparison.Ordinal);
        Assert.Contains(said, line => line.Contains("everything is healthy", StringComparison.Ordinal));
        await AssertScores(said);
        Assert.Equal(["AKIADEVELOPER"], await docker.AccessKeysAsync());
    }

    [MotoFact]
    public async Task LocalStack_is_started_after_its_leftover_is_removed_and_its_token_is_on_no_command_line()
    {
        var docker = FakeDocker.Install(_directory.FullName);
        using var host = HostProcess.Start(
            new Dictionary<string, string?> { ["LOCALSTACK_AUTH_TOKEN"] = "ls-secret", ["PATH"] = $"{_directory.FullName}:{Environment.GetEnvironmentVariable("PATH")}" },
            "--ports", "random", "--aws", "localstack");

        var said = await host.SaysAsync("Press Ctrl+C", QuizSystem.StartDeadline);

        Assert.Contains(said, line => line.Contains("everything is healthy", StringComparison.Ordinal));
        await AssertScores(said);
        var calls = await docker.CallsAsync();
        // The orchestrator asks Docker about itself meanwhile.
        Assert.Collection(calls.Where(call => call.StartsWith("rm ", StringComparison.Ordinal) || call.StartsWith("run ", StringComparison.Ordinal)),
            remove => Assert.StartsWith("rm --force quizaspire-localstack-", remove, StringComparison.Ordinal),
            run => Assert.Matches(
                @"^run --rm --name quizaspire-localstack-(\d+) -p 127\.0\.0\.1:\1:4566 -e LOCALSTACK_AUTH_TOKEN .* localstack/localstack:[0-9.]+ \(token given\)$", run));
        Assert.DoesNotContain("ls-secret", string.Join('\n', [.. calls, .. said]), StringComparison.Ordinal);
    }

    private async Task AssertScores(IReadOnlyList<string> said)
    {
        var api = said.First(line => line.TrimStart().StartsWith("API ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var client = QuizClient.Of(new Uri(new Uri(api), "/"));
        await client.StoreQuiz("account", questions: 4);
        var path = await client.Submit(QuizClient.Submission("ada", "account", questions: 4, right: 3), _deadline.Token);
        Assert.Equal(75m, (decimal)(await client.Result(path, _deadline.Token))["score"]!);
    }

    private sealed class Running(Process process) : IDisposable
    {
        private static readonly HttpClient Http = new();

        public static Task AnswersAsync(int port) => Eventually.BecomesTrueAsync(
            async () =>
            {
                try
                {
                    using var answer = await Http.GetAsync($"http://127.0.0.1:{port}/_localstack/health");
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "moto answers", TimeSpan.FromMinutes(1));

        public void Dispose()
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
    }
}
