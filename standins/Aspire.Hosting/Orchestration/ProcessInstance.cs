using System.Collections.Immutable;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Orchestration;

/// <summary>One process of a resource, over all the times that it is started.</summary>
internal sealed class ProcessInstance(IResource resource, ResourceInstance identity)
{
    public IResource Resource { get; } = resource;

    public ResourceInstance Identity { get; } = identity;

    public string Name => Identity.Name;

    /// <summary>Held by whoever starts or stops the process.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>What DCP says about the process, handled one after another.</summary>
    public Channel<Executable> Changes { get; } = Channel.CreateUnbounded<Executable>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>The DCP object that was given up for a new start; what is still said about it is old news.</summary>
    public string? DiscardedUid { get; set; }

    /// <summary>The DCP object that the log below belongs to.</summary>
    public string? FollowedUid { get; set; }

    public ExecutableLog? Log { get; set; }

    /// <summary>The names of the environment variables that the model gave, as opposed to those that were inherited.</summary>
    public ImmutableHashSet<string> OwnVariables { get; set; } = [];
}
