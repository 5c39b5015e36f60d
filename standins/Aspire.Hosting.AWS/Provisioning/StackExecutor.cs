using System.Globalization;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Aspire.Hosting.AWS.CloudFormation;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.AWS.Provisioning;

/// <summary>Creates or updates a stack from its template by change set, and waits until it is as the template says.</summary>
internal sealed partial class StackExecutor(
    IAmazonCloudFormation client, CloudFormationTemplateResource resource, string template, ILogger logger, TimeProvider time)
{
    private static readonly string[] Capabilities = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"];

    /// <exception cref="AWSProvisioningException">CloudFormation refuses, fails or cannot be reached; the message has its reason.</exception>
    public async Task<Stack> ExecuteAsync(CancellationToken cancellationToken)
    {
        var existing = await SettleAsync(cancellationToken).ConfigureAwait(false);
        var hash = TemplateHash.Of(template, resource.Parameters, resource.Tags);
        if (existing is not null && !resource.DisableDiffCheck
            && existing.Tags?.Find(tag => tag.Key == TemplateHash.Tag)?.Value == hash)
        {
            LogUnchanged(logger, resource.StackName);
            return existing;
        }

        var type = existing is null ? ChangeSetType.CREATE : ChangeSetType.UPDATE;
        LogChangeSet(logger, type.Value);
        var changeSet = await TryAsync("create the change set", () => client.CreateChangeSetAsync(ChangeSet(type, hash), cancellationToken))
            .ConfigureAwait(false);
        if (!await HasChangesAsync(changeSet.Id, cancellationToken).ConfigureAwait(false) && existing is not null)
        {
            LogNoChanges(logger);
            return existing;
        }
        return await ApplyAsync(changeSet, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The stack once it can be updated; null when it is to be created, after what a failed creation left has been deleted.</summary>
    private async Task<Stack?> SettleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var stack = await FindAsync(resource.StackName, cancellationToken).ConfigureAwait(false);
            switch (stack?.StackStatus?.Value)
            {
                case null or "REVIEW_IN_PROGRESS" or "DELETE_COMPLETE":
                    return null;
                case "CREATE_COMPLETE" or "UPDATE_COMPLETE" or "UPDATE_ROLLBACK_COMPLETE" or "IMPORT_COMPLETE":
                    return stack;
                case "ROLLBACK_COMPLETE":
                    LogDeleting(logger, resource.StackName);
                    await TryAsync("delete what a failed creation left", () =>
                        client.DeleteStackAsync(new DeleteStackRequest { StackName = resource.StackName }, cancellationToken)).ConfigureAwait(false);
                    break;
                case var status when status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal):
                    LogWaiting(logger, resource.StackName, status);
                    break;
                case var status:
                    throw new AWSProvisioningException(
                        $"The stack cannot be updated while it is {status}{(stack.StackStatusReason is { Length: > 0 } why ? $" ({why})" : "")}.");
            }
            await PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private CreateChangeSetRequest ChangeSet(ChangeSetType type, string hash) => new()
    {
        StackName = resource.StackName,
        ChangeSetName = string.Create(CultureInfo.InvariantCulture, $"Aspire-AppHost-{time.GetUtcNow().Ticks}"),
        ChangeSetType = type,
        TemplateBody = template,
        RoleARN = resource.RoleArn,
        Parameters = [.. resource.Parameters.Select(parameter => new Parameter { ParameterKey = parameter.Key, ParameterValue = parameter.Value })],
        Capabilities = [.. Capabilities.Except(resource.DisabledCapabilities, StringComparer.OrdinalIgnoreCase)],
        Tags =
        [
            .. resource.Tags.Where(tag => tag.Key != TemplateHash.Tag).Select(tag => new Tag { Key = tag.Key, Value = tag.Value }),
            new Tag { Key = TemplateHash.Tag, Value = hash },
        ],
    };

    private async Task<bool> HasChangesAsync(string changeSetId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changeSet = await TryAsync("read the change set", () =>
                client.DescribeChangeSetAsync(new DescribeChangeSetRequest { ChangeSetName = changeSetId }, cancellationToken)).ConfigureAwait(false);
            if (changeSet.Status == ChangeSetStatus.FAILED)
            {
                // CloudFormation has no code for it, only this sentence.
                return changeSet.StatusReason?.Contains("didn't contain changes", StringComparison.OrdinalIgnoreCase) == true
                    ? false : throw new AWSProvisioningException($"The change set failed: {changeSet.StatusReason}");
            }
            if (changeSet.Status != ChangeSetStatus.CREATE_PENDING && changeSet.Status != ChangeSetStatus.CREATE_IN_PROGRESS)
                return true;
            await PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Stack> ApplyAsync(CreateChangeSetResponse changeSet, CancellationToken cancellationToken)
    {
        // By id, which finds the stack even when it was deleted since.
        var id = changeSet.StackId is { Length: > 0 } given ? given : resource.StackName;
        var progress = new StackProgress(client, id, logger);
        await TryAsync("read the stack's events", () => progress.SkipAsync(cancellationToken)).ConfigureAwait(false);
        await TryAsync("execute the change set", () => client.ExecuteChangeSetAsync(
            new ExecuteChangeSetRequest { StackName = resource.StackName, ChangeSetName = changeSet.Id }, cancellationToken)).ConfigureAwait(false);

        Stack? stack;
        do
        {
            // First, because the stack's state does not change at once.
            await PauseAsync(cancellationToken).ConfigureAwait(false);
            stack = await FindAsync(id, cancellationToken).ConfigureAwait(false)
                ?? throw new AWSProvisioningException("The stack was deleted while it was being made.");
            await TryAsync("read the stack's events", () => progress.LogNewAsync(cancellationToken)).ConfigureAwait(false);
        }
        while (stack.StackStatus.Value.EndsWith("_IN_PROGRESS", StringComparison.Ordinal));

        return stack.StackStatus == StackStatus.CREATE_COMPLETE || stack.StackStatus == StackStatus.UPDATE_COMPLETE
            ? stack
            : throw new AWSProvisioningException($"The stack ended as {stack.StackStatus.Value}: {progress.FirstFailure ?? stack.StackStatusReason}");
    }

    private async Task<Stack?> FindAsync(string stack, CancellationToken cancellationToken)
    {
        try
        {
            var found = await TryAsync("look for the stack", () =>
                client.DescribeStacksAsync(new DescribeStacksRequest { StackName = stack }, cancellationToken)).ConfigureAwait(false);
            return found.Stacks?.FirstOrDefault();
        }
        catch (AWSProvisioningException exception)
            when (exception.InnerException is AmazonCloudFormationException { ErrorCode: "ValidationError" } refusal
                && refusal.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromSeconds(resource.StackPollingInterval), time, cancellationToken);

    private static async Task<T> TryAsync<T>(string what, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            throw new AWSProvisioningException($"Could not {what}: {exception.Message}", exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "Template, parameters and tags of stack {Stack} are those of the last time")]
    private static partial void LogUnchanged(ILogger logger, string stack);

    [LoggerMessage(LogLevel.Information, "Asking for a change set ({Type})")]
    private static partial void LogChangeSet(ILogger logger, string type);

    [LoggerMessage(LogLevel.Information, "The change set has no changes")]
    private static partial void LogNoChanges(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Deleting stack {Stack}, whose creation failed before")]
    private static partial void LogDeleting(ILogger logger, string stack);

    [LoggerMessage(LogLevel.Information, "Stack {Stack} is {Status}; waiting for that to end")]
    private static partial void LogWaiting(ILogger logger, string stack, string status);
}
