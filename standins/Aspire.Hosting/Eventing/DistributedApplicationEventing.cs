using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private ImmutableList<(Type Event, DistributedApplicationEventSubscription Subscription)> _subscriptions = [];

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent
        => Add<T>(new DistributedApplicationEventSubscription((@event, ct) => callback((T)@event, ct)));

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent
        => Add<T>(new DistributedApplicationResourceEventSubscription(resource,
            (@event, ct) => ReferenceEquals(@event.Resource, resource) ? callback((T)@event, ct) : Task.CompletedTask));

    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
        => ImmutableInterlocked.Update(ref _subscriptions, all => all.RemoveAll(entry => ReferenceEquals(entry.Subscription, subscription)));

    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent
        => PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        var handlers = _subscriptions.Where(entry => entry.Event == typeof(T)).Select(entry => entry.Subscription).ToList();
        if (handlers.Count == 0)
            return Task.CompletedTask;

        switch (dispatchBehavior)
        {
            case EventDispatchBehavior.BlockingSequential:
                return InSequence();
            case EventDispatchBehavior.BlockingConcurrent:
                return AtOnce();
            case EventDispatchBehavior.NonBlockingSequential:
                _ = Task.Run(InSequence, cancellationToken);
                return Task.CompletedTask;
            default:
                _ = Task.Run(AtOnce, cancellationToken);
                return Task.CompletedTask;
        }

        async Task InSequence()
        {
            foreach (var handler in handlers)
                await handler.Callback(@event, cancellationToken).ConfigureAwait(false);
        }

        Task AtOnce() => Task.WhenAll(handlers.Select(handler => handler.Callback(@event, cancellationToken)));
    }

    private DistributedApplicationEventSubscription Add<T>(DistributedApplicationEventSubscription subscription)
    {
        ImmutableInterlocked.Update(ref _subscriptions, all => all.Add((typeof(T), subscription)));
        return subscription;
    }
}
