using QuizAspire.AppHost;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Infrastructure;
using QuizAspire.AppHost.Infrastructure.Compute;
using QuizAspire.AppHost.Monitoring;
using QuizAspire.AppHost.Monitoring.LocalServer;
using QuizAspire.AppHost.Publishing;

if (SynthesizeCommand.IsIn(args))
    return SynthesizeCommand.Run(args);
if (LaunchOptions.Parse(args, out var exitCode) is not { } options)
    return exitCode;

try
{
    var builder = DistributedApplication.CreateBuilder([.. args, .. options.Ports.DashboardSettings]);
    var folders = new ProjectFolders(builder.AppHostDirectory);
    if (builder.ExecutionContext.IsPublishMode)
    {
        var published = builder.AddCloudFormationPublishing(folders, new PublishOptions(options.Architecture, options.Parameters));
        builder.Build().Run();
        return published.ExitCode;
    }

    options.Ports.RequireFree(options.Aws.Mode);

    var plan = QuizStackPlan.For(folders, options);
    var server = builder.AddMonitoringServer();
    var aws = await builder.AddAwsAsync(options, plan, folders, server);

    builder.AddFunction<Projects.QuizAspire_Functions>(aws, ResourceNames.QuizProcessor);
    builder.AddFunction<Projects.QuizAspire_Functions>(aws, ResourceNames.StatisticsCalculator, mostInstances: 1);
    builder.AddFunction<Projects.QuizAspire_Functions>(aws, ResourceNames.ResultNotifier, mostInstances: 1)
        .WithEnvironment(StatisticsFunctions.ApiUrlVariable, options.Ports.ApiUrl);
    builder.AddFunction<Projects.QuizAspire_Functions>(aws, ResourceNames.HealthCheck);

    builder.AddProject<Projects.QuizAspire_Api>(ResourceNames.Api)
        .WithEndpoint("http", endpoint => (endpoint.Port, endpoint.TargetPort, endpoint.IsProxied) = (options.Ports.Api, options.Ports.Api, false))
        .WithAwsResources(aws)
        .WithHttpHealthCheck("/health");

    builder.AddMonitoring(aws, server, folders);
    builder.AddStartupReport(options.Ports, aws);
    builder.Build().Run();
    return 0;
}
catch (LaunchException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
