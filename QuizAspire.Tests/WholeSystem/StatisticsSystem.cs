using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Aspire.Hosting.Testing;
using QuizAspire.AppHost;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>A system whose messages of the statistics come back soon when somebody dies over them.</summary>
public sealed class StatisticsSystem : QuizSystem
{
    /// <summary>The visibility timeout.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(3);

    protected override string[] Arguments =>
    [
        "--parameter", $"StatisticsVisibilityTimeoutSeconds={Hidden.TotalSeconds}",
        "--parameter", $"NotificationVisibilityTimeoutSeconds={Hidden.TotalSeconds}",
    ];

    protected override string[] Resources => [.. base.Resources, ResourceNames.StatisticsCalculator, ResourceNames.ResultNotifier];

    public AmazonS3Client S3() => new(new BasicAWSCredentials("local", "local"), new AmazonS3Config
    {
        ServiceURL = App.GetEndpoint(ResourceNames.SqsSnsS3).ToString(),
        AuthenticationRegion = "us-west-1",
        ForcePathStyle = true,
    });
}

/// <summary>The verbs of a teacher.</summary>
internal static class StatisticsVerbs
{
    /// <summary>Long enough for all receives of a message.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <returns>The job's id.</returns>
    public static async Task<string> AskForStatistics(this QuizClient system, string path, HttpContent? sheet, CancellationToken cancellation)
    {
        using var response = await system.Api.PostAsync(path, sheet, cancellation);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var accepted = await response.Content.ReadFromJsonAsync<JsonObject>(cancellation);
        var id = (string)accepted!["statistics_id"]!;
        Assert.EndsWith($"/statistics/{id}", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        return id;
    }

    /// <summary>The job as it is now; null where there is none.</summary>
    public static async Task<JsonObject?> Statistics(this QuizClient system, string id, CancellationToken cancellation)
    {
        using var response = await system.Api.GetAsync($"/statistics/{id}", cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonObject>(cancellation);
    }

    /// <summary>The job, once it has that status.</summary>
    public static async Task<JsonObject> StatisticsThatAre(this QuizClient system, string status, string id, CancellationToken cancellation)
    {
        JsonObject? job = null;
        await Eventually.BecomesTrueAsync(
            async () => (string?)(job = await system.Statistics(id, cancellation))?["status"] == status, $"statistics {id} are {status}", Patience);
        return job!;
    }

    /// <summary>The job, once a calculator has taken it up.</summary>
    public static async Task<JsonObject> StatisticsThatAreBegun(this QuizClient system, string id, CancellationToken cancellation)
    {
        JsonObject? job = null;
        await Eventually.BecomesTrueAsync(
            async () => (job = await system.Statistics(id, cancellation))?["started_at"] is not null, $"statistics {id} are begun", Patience);
        return job!;
    }

    /// <summary>What the inbox has of the job, once there is something; it says nothing about how much is still to come.</summary>
    public static async Task<JsonObject[]> MailsAbout(this QuizClient system, string id, CancellationToken cancellation)
    {
        JsonObject[] mails = [];
        await Eventually.BecomesTrueAsync(async () =>
        {
            var inbox = await system.Api.GetFromJsonAsync<JsonObject>("/notifications?limit=100", cancellation);
            mails = [.. inbox!["notifications"]!.AsArray().Select(mail => mail!.AsObject())
                .Where(mail => (string?)mail["topic"] == "quiz-statistics"
                    && ((string?)mail["message"])!.Contains($"/statistics/{id}", StringComparison.Ordinal))];
            return mails.Length > 0;
        }, $"the inbox has a message about statistics {id}", Patience);
        return mails;
    }
}
