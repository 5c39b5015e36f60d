#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // The pipeline's own parts.
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public partial class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly DistributedApplicationPipeline _pipeline = new();
    private readonly DistributedApplicationOptions _options;
    private readonly HostApplicationBuilder _inner;
    private readonly DistributedApplicationExecutionContextOptions _executionContextOptions;

    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new ConfigurationManager() };
        BuilderHooks.OnConstructing(options, settings);
        AppHostAssembly = options.Assembly;
        settings.ContentRootPath ??= options.ProjectDirectory;
        _inner = new HostApplicationBuilder(settings);
        AppHostDirectory = options.ProjectDirectory ?? _inner.Environment.ContentRootPath;

        AddCommandLine(options.Args);
        AddOwnConfiguration();
        _executionContextOptions = ReadOperation();
        ExecutionContext = new DistributedApplicationExecutionContext(_executionContextOptions);
        AddServices();
        BuilderHooks.OnConstructed(this);
    }

    public ConfigurationManager Configuration => _inner.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _inner.Environment;

    public IServiceCollection Services => _inner.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    [Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public IDistributedApplicationPipeline Pipeline => _pipeline;

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (Resources.TryGetByName(resource.Name, out var existing))
            throw new DistributedApplicationException(
                $"The name '{resource.Name}' of a {resource.GetType()} is taken: a {existing.GetType()} has it (case makes no difference).");
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource
        => new DistributedApplicationResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        BuilderHooks.OnBuilding(this);
        var application = new DistributedApplication(_inner.Build());
        _executionContextOptions.ServiceProvider = application.Services;
        BuilderHooks.OnBuilt(application);
        return application;
    }

    /// <summary>The Aspire CLI's own options are short names of configuration keys.</summary>
    private void AddCommandLine(string[]? args)
    {
        if (args is null)
            return;
        Configuration.AddCommandLine(args, new Dictionary<string, string>
        {
            ["--operation"] = "AppHost:Operation",
            ["--step"] = "Pipeline:Step",
            ["--output-path"] = "Pipeline:OutputPath",
            ["--publisher"] = "Publishing:Publisher",
        });
    }

    private void AddOwnConfiguration()
    {
        var name = _options.DashboardApplicationName ?? _options.ProjectName ?? Environment.ApplicationName;
        var path = Path.Combine(AppHostDirectory, _options.ProjectName ?? Environment.ApplicationName);
        var own = new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = AppHostDirectory,
            ["AppHost:Path"] = path,
            ["AppHost:DashboardApplicationName"] = name,
            ["AppHost:DefaultLaunchProfileName"] = Configuration["DOTNET_LAUNCH_PROFILE"],
        };
        if (_options.AllowUnsecuredTransport)
            own["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        Configuration.AddInMemoryCollection(own);
    }

    private DistributedApplicationExecutionContextOptions ReadOperation()
    {
        var operation = Configuration["AppHost:Operation"]?.ToLowerInvariant() switch
        {
            "publish" => DistributedApplicationOperation.Publish,
            "run" => DistributedApplicationOperation.Run,
            null when Configuration["Publishing:Publisher"] is not null => DistributedApplicationOperation.Publish,
            null => DistributedApplicationOperation.Run,
            var unknown => throw new DistributedApplicationException($"The operation '{unknown}' is unknown; there are 'run' and 'publish'."),
        };
        return Configuration["Publishing:Publisher"] is { } publisher
            ? new DistributedApplicationExecutionContextOptions(operation, publisher)
            : new DistributedApplicationExecutionContextOptions(operation);
    }

    private void AddServices()
    {
        _inner.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        _inner.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        _inner.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.None);
        _inner.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

        Services.TryAddSingleton(TimeProvider.System);
        Services.AddSingleton(_options);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(Eventing);
        Services.AddSingleton(_ => new DistributedApplicationModel(Resources));
        Services.AddSingleton(services => new ResourceLoggerService(services.GetRequiredService<TimeProvider>()));
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton(services => new ResourceCommandService(
            services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<ResourceLoggerService>(), services));
        // With no dashboard nobody could see the failure and start the resource again, so waiting for it would be for ever.
        Services.Configure<ResourceNotificationServiceOptions>(options => options.DefaultWaitBehavior =
            _options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        Services.Configure<PipelineOptions>(Configuration.GetSection("Pipeline"));
        Services.AddSingleton(_pipeline);
        Services.AddSingleton(Pipeline);
        Services.AddSingleton<IPipelineOutputService, PipelineOutputService>();
        Services.AddHealthChecks();
        Services.AddHttpClient();
        Services.AddDashboard(Configuration, enabled: ExecutionContext.IsRunMode && !_options.DisableDashboard);
        AddOrchestration();
    }

    partial void AddOrchestration();
}
