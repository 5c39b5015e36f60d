using QuizAspire.AppHost;
using QuizAspire.AppHost.Embedded;
using QuizAspire.AppHost.Embedded.Hosting;
using QuizAspire.AppHost.Infrastructure;

if (SynthesizeCommand.IsIn(args))
    return SynthesizeCommand.Run(args);
if (LaunchOptions.Parse(args, out var exitCode) is not { } options)
    return exitCode;

try
{
    options.Ports.RequireFree();
    var builder = DistributedApplication.CreateBuilder([.. args, .. options.Ports.DashboardSettings]);
    var folders = new ProjectFolders(builder.AppHostDirectory);

    var plan = QuizStackPlan.For(folders, options);
    var aws = builder.AddEmbeddedAws(plan, folders.Tools, options.DataDirectory(folders));

    builder.AddFunction<Projects.QuizAspire_Functions>(aws, ResourceNames.QuizProcessor);

    builder.AddProject<Projects.QuizAspire_Api>(ResourceNames.Api)
        .WithEndpoint("http", endpoint => (endpoint.Port, endpoint.TargetPort, endpoint.IsProxied) = (options.Ports.Api, options.Ports.Api, false))
        .WithAwsResources(aws)
        .WithHttpHealthCheck("/health");

    builder.AddStartupReport(options.Ports);
    builder.Build().Run();
    return 0;
}
catch (EmbeddedAwsException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
