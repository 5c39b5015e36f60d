namespace Aspire.Hosting.ApplicationModel;

public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
        => (_notifications, _loggers, _services) = (notifications, loggers, services);

    /// <param name="resourceId">The name of one instance, or of a resource that has only one.</param>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        if (!_notifications.TryGetCurrentState(resourceId, out var state))
            return CommandResults.Failure($"There is no resource '{resourceId}'.");
        return await ExecuteCoreAsync(state.ResourceId, state.Resource, commandName, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the command to every instance of the resource.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        var results = await Task.WhenAll(resource.GetResolvedResourceNames()
            .Select(id => ExecuteCoreAsync(id, resource, commandName, cancellationToken))).ConfigureAwait(false);
        if (results.Length == 1 || results.All(result => result.Success))
            return results[0];
        if (results.All(result => result.Success || result.Canceled))
            return CommandResults.Canceled();
        return CommandResults.Failure(string.Join(Environment.NewLine,
            results.Where(result => !result.Success && !result.Canceled).Select(result => result.Message)));
    }

    private async Task<ExecuteCommandResult> ExecuteCoreAsync(string id, IResource resource, string commandName, CancellationToken cancellationToken)
    {
        var logger = _loggers.GetLogger(id);
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(annotation => annotation.Name == commandName);
        if (command is null)
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{id}'.");

        logger.CommandStarted(commandName);
        try
        {
            var result = await command.ExecuteCommand(new ExecuteCommandContext
            {
                ResourceName = id,
                ServiceProvider = _services,
                CancellationToken = cancellationToken,
                Logger = logger,
            }).ConfigureAwait(false);
            if (result.Success)
                logger.CommandSucceeded(commandName);
            else if (!result.Canceled)
                logger.CommandFailed(commandName, result.Message);
            return result;
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Canceled();
        }
        catch (Exception exception)
        {
            logger.CommandThrew(exception, commandName);
            return CommandResults.Failure(exception);
        }
    }
}
