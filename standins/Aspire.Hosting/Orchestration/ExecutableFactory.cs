using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Orchestration;

/// <summary>Makes the DCP object for the next start of a process.</summary>
internal sealed class ExecutableFactory(DistributedApplicationOptions options, ResourceValues values, ResourceLoggerService loggers)
{
    /// <summary>An annotation of the DCP object; environment values refer to it, so that one value serves every replica.</summary>
    public const string InstanceIdAnnotation = "otel-service-instance-id";

    public async Task<Executable> CreateAsync(ProcessInstance instance, CancellationToken ct)
    {
        var resource = instance.Resource;
        var logger = loggers.GetLogger(instance.Name);
        var environment = await values.GetEnvironmentAsync(resource, logger, ct).ConfigureAwait(false);
        var arguments = await values.GetArgumentsAsync(resource, logger, ct).ConfigureAwait(false);
        var (command, prefix, directory) = CommandOf(resource);

        instance.OwnVariables = [.. environment.Keys];
        var entries = environment.Select(variable => new EnvironmentEntry(variable.Key, variable.Value)).ToList();
        // DCP has a home of its own, which its children would inherit.
        if (!environment.ContainsKey("HOME") && Environment.GetEnvironmentVariable("HOME") is { } home)
            entries.Add(new EnvironmentEntry("HOME", home));

        return new Executable
        {
            Metadata =
            {
                Name = instance.Name,
                Annotations = new Dictionary<string, string>
                {
                    ["service-producer"] = ServicesOf(resource),
                    [InstanceIdAnnotation] = instance.Identity.Suffix,
                },
            },
            Spec =
            {
                ExecutablePath = command,
                WorkingDirectory = directory,
                Args = [.. prefix, .. arguments],
                Env = entries,
            },
        };
    }

    private (string Command, IReadOnlyList<string> Arguments, string Directory) CommandOf(IResource resource)
    {
        if (resource is ExecutableResource executable)
            return (executable.Command, [], executable.WorkingDirectory);

        var project = ((ProjectResource)resource).GetProjectMetadata();
        var (command, arguments) = ProjectCommand.For(project, options);
        return (command, arguments, ProjectCommand.DirectoryOf(project));
    }

    /// <summary>Which of DCP's ports lead to this process, and where it listens itself if that is fixed.</summary>
    private static string ServicesOf(IResource resource)
    {
        var services = resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.IsProxied).Select(endpoint =>
        {
            var service = new JsonObject { ["serviceName"] = EndpointAllocator.ServiceName(resource, endpoint), ["address"] = "127.0.0.1" };
            if (endpoint.TargetPort is { } port)
                service["port"] = port;
            return (JsonNode)service;
        });
        return new JsonArray([.. services]).ToJsonString();
    }
}
