using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Orchestration;

/// <summary>Gives every endpoint its port before any process starts, so that processes can be told of each other's endpoints in any order.</summary>
internal sealed class EndpointAllocator(DcpServer dcp, DcpOptions options, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static string ServiceName(IResource resource, EndpointAnnotation endpoint)
        => $"{resource.Name}-{endpoint.Name}".ToLowerInvariant();

    public async Task AllocateAsync(IResource resource, CancellationToken ct)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.AllocatedEndpoint is null).ToList())
        {
            try
            {
                endpoint.AllocatedEndpoint = endpoint.IsProxied
                    ? await AllocateProxyAsync(resource, endpoint, ct).ConfigureAwait(false)
                    : AllocateDirect(resource, endpoint);
            }
            catch (DistributedApplicationException exception)
            {
                // Who refers to this endpoint fails with the same reason instead of waiting for it.
                endpoint.AllocatedEndpointSnapshot.SetException(exception);
                throw;
            }
        }
    }

    private static AllocatedEndpoint AllocateDirect(IResource resource, EndpointAnnotation endpoint)
    {
        if (resource.GetReplicaCount() > 1)
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}' has several replicas and its endpoint '{endpoint.Name}' no proxy, so they would share one port.");
        var port = endpoint.Port ?? throw new DistributedApplicationException(
            $"Service '{ServiceName(resource, endpoint)}' needs to specify a port for endpoint '{endpoint.Name}' since it isn't using a proxy.");
        return new AllocatedEndpoint(endpoint, endpoint.TargetHost, port, (endpoint.TargetPort ?? port).ToString(CultureInfo.InvariantCulture));
    }

    private async Task<AllocatedEndpoint> AllocateProxyAsync(IResource resource, EndpointAnnotation endpoint, CancellationToken ct)
    {
        var port = options.RandomizePorts ? null : endpoint.Port;
        if (port is { } wanted && !IsFree(wanted))
            throw new DistributedApplicationException(
                $"Port {wanted} of endpoint '{endpoint.Name}' of resource '{resource.Name}' is in use by another process.");

        var name = ServiceName(resource, endpoint);
        await dcp.Client.CreateAsync(
            new Service { Metadata = { Name = name }, Spec = { Port = port, Address = LoopbackOf(endpoint.TargetHost) } }, ct)
            .ConfigureAwait(false);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Timeout);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20), time);
        try
        {
            while (true)
            {
                var service = await dcp.Client.GetServiceAsync(name, timeout.Token).ConfigureAwait(false);
                if (service?.Status?.EffectivePort is > 0 and var effective)
                    return new AllocatedEndpoint(endpoint, endpoint.TargetHost, effective, $"{{{{- portForServing \"{name}\" -}}}}");
                await tick.WaitForNextTickAsync(timeout.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"Endpoint '{endpoint.Name}' of resource '{resource.Name}' got no port within {Timeout.TotalSeconds:0} s.");
        }
    }

    /// <summary>A name can stand for IPv6 alone on some machines; the address that clients without a resolver use is given instead.</summary>
    private static string LoopbackOf(string host) => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" : host;

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
