using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>Lambda on this machine: functions connect to its Runtime API, callers to its Invoke API.</summary>
internal sealed class LambdaEmulator : IAsyncDisposable
{
    public const string HealthPath = "/lambda-runtime-api/healthcheck";
    public const string CountsPath = "/lambda-runtime-api/functions";

    private readonly WebApplication _app;

    private LambdaEmulator(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public static async Task<LambdaEmulator> StartAsync(LambdaEmulatorSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        ToolLogging.Configure(builder.Logging);
        builder.WebHost.UseUrls($"http://{settings.Host}:{settings.Port}");
        builder.WebHost.ConfigureKestrel(Configure);
        // Instances hold a request open for as long as there is nothing to do; they are let go at once.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();

        var functions = new Functions(settings);
        var region = Environment.GetEnvironmentVariable("AWS_REGION") ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION") ?? "us-east-1";
        new RuntimeApi(functions, settings, region, app.Logger, app.Lifetime.ApplicationStopping).Map(app);
        new InvokeApi(functions, settings, region, app.Logger, app.Lifetime.ApplicationStopping).Map(app);
        app.MapGet(HealthPath, () => "health");
        app.MapGet(CountsPath, () => Results.Json(
            [.. functions.All.Select(function => function.Counts)], EmulatorJson.Default.IReadOnlyListFunctionCounts));
        app.MapGet(CountsPath + "/{functionName}", (string functionName) => functions.Find(functionName) is { } function
            ? Results.Json(function.Counts, EmulatorJson.Default.FunctionCounts)
            : Results.NotFound());
        await app.StartAsync();
        return new LambdaEmulator(app);
    }

    public async Task WaitForShutdownAsync(CancellationToken stopping)
    {
        await _app.WaitForShutdownAsync(stopping);
        await DisposeAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel)
    {
        // The size of a body is Lambda's to judge, and it answers in its own form.
        kestrel.Limits.MaxRequestBodySize = null;
        // A runtime says nothing while its handler works, which may be for 15 minutes.
        kestrel.Limits.KeepAliveTimeout = FunctionTimeouts.Longest + TimeSpan.FromMinutes(1);
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
    }
}
