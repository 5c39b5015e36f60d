using Amazon.Runtime;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>Brings the emulators to the state of a plan. Running it again changes nothing.</summary>
internal sealed class StackProvisioner(TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <param name="within">How long emulators that do not answer yet are waited for.</param>
    /// <exception cref="EmbeddedAwsException">An emulator did not answer in time, refused something, or keeps data of another shape.</exception>
    public async Task<ProvisioningReport> ProvisionAsync(StackPlan plan, TimeSpan within, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        using var clients = new EmulatorClients(plan.Addresses);
        using var deadline = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        var provisioned = new List<ProvisionedResource>();
        foreach (var resource in plan.Resources)
            provisioned.Add(await ProvisionAsync(resource));
        return new ProvisioningReport(plan, provisioned, time.GetElapsedTime(start));

        async Task<ProvisionedResource> ProvisionAsync(PlannedResource resource)
        {
            Exception? last = null;
            try
            {
                for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
                {
                    try
                    {
                        return await resource.Type.ProvisionAsync(resource, clients, either.Token);
                    }
                    catch (Exception exception) when (MayPass(exception))
                    {
                        // What the deadline cuts off fails in many ways: only the time tells.
                        either.Token.ThrowIfCancellationRequested();
                        last = exception;
                    }

                    await Task.Delay(pause, time, either.Token);
                }
            }
            catch (AmazonServiceException exception)
            {
                throw new EmbeddedAwsException($"{resource.Type.Name} {resource.Identity.Name} was refused: {exception.Message}", exception);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new EmbeddedAwsException(
                    $"{plan.Addresses.Emulator(resource.Type.Name)} was not reachable within {within.TotalSeconds:0.###} s, " +
                    $"so {resource.Type.Name} {resource.Identity.Name} could not be made: {last?.Message ?? "it did not answer"}", last);
            }
        }
    }

    /// <summary>An emulator that is only starting refuses connections, or fails inside.</summary>
    private static bool MayPass(Exception exception) => exception switch
    {
        HttpRequestException => true,
        OperationCanceledException or TimeoutException => true,
        AmazonServiceException service => service.StatusCode is 0 or >= System.Net.HttpStatusCode.InternalServerError,
        AmazonClientException => true,
        _ => false,
    };
}
