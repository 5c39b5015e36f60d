using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs a resource's environment and argument callbacks and resolves the values that they leave.</summary>
internal sealed class ResourceValues(DistributedApplicationExecutionContext executionContext)
{
    public async Task<IReadOnlyDictionary<string, string>> GetEnvironmentAsync(IResource resource, ILogger logger, CancellationToken ct)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, [], ct) { Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
            await annotation.Callback(context).ConfigureAwait(false);

        var resolved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            if (await ResolveAsync(resource, value, ct).ConfigureAwait(false) is { } text)
                resolved[name] = text;
        }
        return resolved;
    }

    public async Task<IReadOnlyList<string>> GetArgumentsAsync(IResource resource, ILogger logger, CancellationToken ct)
    {
        var context = new CommandLineArgsCallbackContext([], resource, ct) { ExecutionContext = executionContext, Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
            await annotation.Callback(context).ConfigureAwait(false);

        var resolved = new List<string>();
        foreach (var value in context.Args)
        {
            if (await ResolveAsync(resource, value, ct).ConfigureAwait(false) is { } text)
                resolved.Add(text);
        }
        return resolved;
    }

    private async ValueTask<string?> ResolveAsync(IResource resource, object? value, CancellationToken ct) => value switch
    {
        null => null,
        string text => text,
        IValueProvider provider => await provider
            .GetValueAsync(
                new ValueProviderContext
                {
                    ExecutionContext = executionContext, Caller = resource, Network = KnownNetworkIdentifiers.LocalhostNetwork
                },
                ct)
            .ConfigureAwait(false),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(ct).ConfigureAwait(false),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
