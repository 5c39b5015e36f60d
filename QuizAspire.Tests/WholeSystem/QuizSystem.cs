using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using QuizAspire.AppHost;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>The whole system, started through AppHost as a user would.</summary>
public class QuizSystem : QuizClient, IAsyncLifetime
{
    public static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);

    private readonly string _dataDirectory = Directory.CreateTempSubdirectory("quizaspire-").FullName;

    public DistributedApplication App { get; private set; } = null!;

    protected virtual string[] Arguments => [];

    protected string DataDirectory => _dataDirectory;

    protected virtual bool WithDashboard => false;

    /// <summary>Those that a journey needs.</summary>
    protected virtual string[] Resources =>
        [ResourceNames.SqsSnsS3, ResourceNames.DynamoDb, ResourceNames.Stack, ResourceNames.QuizProcessor, ResourceNames.Api];

    protected virtual string SqsUrl => App.GetEndpoint(ResourceNames.SqsSnsS3).ToString();

    protected virtual string DynamoDbUrl => App.GetEndpoint(ResourceNames.DynamoDb).ToString();

    public virtual async Task InitializeAsync()
    {
        await StartAsync();
        using var deadline = new CancellationTokenSource(StartDeadline);
        await AllHealthy(deadline.Token);
    }

    /// <summary>Starts it and waits for nothing, for systems of which a part is to fail.</summary>
    public async Task StartAsync()
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.QuizAspire_AppHost>(
            ["--ports", "random", .. Arguments],
            (options, _) => options.DisableDashboard = !WithDashboard,
            deadline.Token);
        App = await builder.BuildAsync(deadline.Token);
        await App.StartAsync(deadline.Token);
        Api = App.CreateHttpClient(ResourceNames.Api);
    }

    public async Task AllHealthy(CancellationToken cancellation) =>
        await Task.WhenAll(Resources.Select(name => App.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.StopOnResourceUnavailable, cancellation)));

    public virtual async Task DisposeAsync()
    {
        Api?.Dispose();
        if (App is not null)
            await App.DisposeAsync();
        Directory.Delete(_dataDirectory, recursive: true);
    }

    public string? Configured(string key) => App.Services.GetRequiredService<IConfiguration>()[key];

    public AmazonSQSClient Sqs() => new(LocalCredentials, new AmazonSQSConfig
    {
        ServiceURL = SqsUrl,
        AuthenticationRegion = "us-west-1",
    });

    public AmazonDynamoDBClient DynamoDb() => new(LocalCredentials, new AmazonDynamoDBConfig
    {
        ServiceURL = DynamoDbUrl,
        AuthenticationRegion = "us-west-1",
    });

    private static BasicAWSCredentials LocalCredentials => new("local", "local");
}
