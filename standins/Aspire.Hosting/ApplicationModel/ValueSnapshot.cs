namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is set once or more, and that readers may await before it is there.</summary>
public sealed class ValueSnapshot<T>
{
    private TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsValueSet => _source.Task.IsCompletedSuccessfully;

    public Task<T> GetValueAsync(CancellationToken cancellationToken = default) => _source.Task.WaitAsync(cancellationToken);

    public void SetValue(T value)
    {
        if (_source.TrySetResult(value))
            return;
        var replaced = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        replaced.SetResult(value);
        _source = replaced;
    }

    public void SetException(Exception exception) => _source.TrySetException(exception);

    internal T? CurrentValue => IsValueSet ? _source.Task.Result : default;
}
