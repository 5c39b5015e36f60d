using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using QuizAspire.Api;
using QuizAspire.Core.Aws;
using QuizAspire.Tests.Api.Support;

namespace QuizAspire.Tests.Api;

public sealed class HealthTests(Emulators emulators) : IClassFixture<Emulators>
{
    [Fact]
    public async Task Healthy_when_queue_and_tables_answer()
    {
        await using var api = await ApiWorld.StartAsync(emulators);
        var health = await api.GetAsync("/health");
        Assert.Equal("Healthy", health.GetProperty("status").GetString());
        Assert.Equal(
            ["queue", "quizzes", "raw_scores", "results", "self", "statistics", "statistics_jobs", "statistics_requests", "submissions"],
            health.GetProperty("checks").EnumerateObject().Select(check => check.Name).Order());
    }

    [Theory]
    [InlineData("SqsQueueUrl", "queue")]
    [InlineData("DynamodbTableName", "results")]
    [InlineData("QuizzesTableName", "quizzes")]
    [InlineData("SubmissionsTableName", "submissions")]
    [InlineData("StatisticsRequestsQueueUrl", "statistics_requests")]
    [InlineData("StatisticsJobsTableName", "statistics_jobs")]
    [InlineData("RawScoresBucketName", "raw_scores")]
    [InlineData("StatisticsBucketName", "statistics")]
    public async Task Unhealthy_by_the_name_of_what_is_missing_and_still_alive(string resource, string check)
    {
        await using var whole = await ApiWorld.StartAsync(emulators);
        var resources = new Dictionary<string, string>(whole.Resources);
        resources[resource] += "-gone";
        await using var api = ApiWorld.StartOn(emulators, resources);

        var response = await api.Http.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var checks = (await ApiWorld.ReadAsync(response)).GetProperty("checks").EnumerateObject();
        Assert.Equal(check, Assert.Single(checks, one => one.Value.GetString() == "Unhealthy").Name);
        Assert.Equal("Healthy", (await api.GetAsync("/alive")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("SqsQueueUrl")]
    [InlineData("DynamodbTableName")]
    [InlineData("QuizzesTableName")]
    [InlineData("SubmissionsTableName")]
    [InlineData("StatisticsJobsTableName")]
    [InlineData("RawScoresBucketName")]
    [InlineData("StatisticsBucketName")]
    public void Name_that_is_not_configured_is_told_at_start(string missing)
    {
        List<string> names =
        [
            "SqsQueueUrl", "DynamodbTableName", "QuizzesTableName", "SubmissionsTableName",
            "StatisticsJobsTableName", "RawScoresBucketName", "StatisticsBucketName",
        ];
        Assert.True(names.Remove(missing));
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(names.Select(name => KeyValuePair.Create($"AWS:Resources:{name}", (string?)"x"))).Build())
            .AddAws()
            .BuildServiceProvider();
        Assert.Equal(missing, Assert.Throws<MissingResourceException>(services.RequireResources).Name);
    }
}
