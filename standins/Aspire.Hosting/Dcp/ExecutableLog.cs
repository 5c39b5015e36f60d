using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dcp;

/// <summary>Copies what one run of a process writes into the log of its resource.</summary>
internal sealed class ExecutableLog(DcpClient client, ResourceLoggerService loggers, string name) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Stream _output = new("stdout", IsError: false);
    private readonly Stream _errors = new("stderr", IsError: true);
    private Task _following = Task.CompletedTask;

    public void Follow() => _following = Task.WhenAll(FollowAsync(_output), FollowAsync(_errors));

    /// <summary>
    /// Reads the rest of an ended process's output. DCP ends a followed log seconds after the process; what it has stored is complete
    /// at once, and its lines that were followed already are skipped.
    /// </summary>
    public async Task CompleteAsync(CancellationToken ct)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        await ReadRestAsync(_output, ct).ConfigureAwait(false);
        await ReadRestAsync(_errors, ct).ConfigureAwait(false);
    }

    /// <summary>Why a process did not start: what DCP says about it.</summary>
    public async Task CopySystemLogAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var line in client.ReadLogAsync(name, "system", follow: false, ct).ConfigureAwait(false))
            {
                var (text, isError) = SystemLogLine.Format(line);
                loggers.Append(name, text, isError);
            }
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            // The process's state tells the same without the details.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task FollowAsync(Stream stream)
    {
        try
        {
            await foreach (var line in client.ReadLogAsync(name, stream.Source, follow: true, _stopping.Token).ConfigureAwait(false))
                Append(stream, line);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            // The connection ended with DCP, or the process did and the rest is read when its state says so.
        }
    }

    private async Task ReadRestAsync(Stream stream, CancellationToken ct)
    {
        try
        {
            var skip = stream.Lines;
            await foreach (var line in client.ReadLogAsync(name, stream.Source, follow: false, ct).ConfigureAwait(false))
            {
                if (skip-- <= 0)
                    Append(stream, line);
            }
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            // Deleted meanwhile, with its log.
        }
    }

    private void Append(Stream stream, string line)
    {
        stream.Lines++;
        loggers.Append(name, line, stream.IsError);
    }

    private static bool IsExpected(Exception exception)
        => exception is HttpRequestException or IOException or OperationCanceledException or DistributedApplicationException;

    private sealed record Stream(string Source, bool IsError)
    {
        public int Lines { get; set; }
    }
}

/// <summary>DCP's own lines are a time, a level, a source, a message and JSON, divided by tabs.</summary>
internal static class SystemLogLine
{
    public static (string Text, bool IsError) Format(string line)
    {
        var parts = line.Split('\t');
        if (parts.Length < 4)
            return (line, false);
        var reason = parts.Length > 4 ? ErrorIn(parts[^1]) : null;
        return ($"{parts[0]} [sys] {parts[3]}{(reason is null ? "" : $": {reason}")}", parts[1] == "error");
    }

    private static string? ErrorIn(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("error", out var error) ? error.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
