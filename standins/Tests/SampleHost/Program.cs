using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// `--sleep N` names the sleep so that a test finds it among all processes; `--Sample:Greeting X` shows that arguments are configuration.
var builder = DistributedApplication.CreateBuilder(
    new DistributedApplicationOptions { Args = args, DisableDashboard = args.Contains("--no-dashboard=true") });

builder.AddExecutable("sleeper", "sleep", ".", builder.Configuration["sleep"] ?? "1000");
var service = builder.AddProject<Projects.SampleService>("service")
    .WithEnvironment("GREETING", builder.Configuration["Sample:Greeting"] ?? "hello")
    .WithHttpHealthCheck("/health");
builder.AddProject<Projects.SampleService>("twins", launchProfileName: null)
    .WithHttpEndpoint()
    .WithReplicas(2)
    .WithReference(service)
    .WaitFor(service);

var app = builder.Build();
app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => Console.WriteLine("SAMPLE HOST STARTED"));
await app.RunAsync();
