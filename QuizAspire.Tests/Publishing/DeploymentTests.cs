using System.Diagnostics;
using System.Text.RegularExpressions;
using QuizAspire.AppHost.Publishing;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Publishing;

/// <summary>The guide's own commands, run as they are printed.</summary>
[Collection(nameof(Publications))]
public sealed class DeploymentTests(Publications publications)
{
    [AwsCliFact]
    public async Task The_commands_for_the_aws_command_line_deploy_the_publication()
    {
        await using var moto = await MotoServer.StartAsync();
        var guide = await File.ReadAllTextAsync(Path.Combine(publications.Published, DeployGuide.Name));
        var commands = Assert.Single(Regex.Matches(guide, "```sh\n(.*?)```", RegexOptions.Singleline), block => block.Value.Contains("aws cloudformation deploy", StringComparison.Ordinal))
            .Groups[1].Value.Replace("choose-a-name", "quiz-code", StringComparison.Ordinal);

        var said = await ShellAsync(commands, publications.Published, moto);

        Assert.Contains("Successfully created/updated stack - quiz-aspire", said, StringComparison.Ordinal);
        var functions = await ShellAsync("aws lambda list-functions --query 'Functions[].[FunctionName,Handler]' --output text", publications.Published, moto);
        Assert.Contains("quiz-processor\tQuizAspire.Functions", functions, StringComparison.Ordinal);
        Assert.Contains("quiz-api\tQuizAspire.Api", functions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cdks_command_line_reads_the_publication()
    {
        var (exitCode, said) = await ChildProcess.RunAsync(
            new ProcessStartInfo("npx", ["--no-install", "cdk", "ls", "--app", publications.Published]) { WorkingDirectory = Repository.Tools },
            CancellationToken.None);

        Assert.True(exitCode == 0, said);
        Assert.Contains("quiz-aspire", said.Split('\n').Select(line => line.Trim()));
    }

    private static async Task<string> ShellAsync(string commands, string directory, MotoServer moto)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", commands]) { WorkingDirectory = directory };
        foreach (var (name, value) in moto.Environment)
            start.Environment[name] = value;
        // moto knows the bucket of a template by its URL only where that is localhost.
        start.Environment["AWS_ENDPOINT_URL"] = moto.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var (exitCode, said) = await ChildProcess.RunAsync(start, CancellationToken.None);
        Assert.True(exitCode == 0, said);
        return said;
    }
}
