namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>
/// Brings a sheet through one buffer. The buffer is filled before it is looked at, so that the way the stream happens to cut the
/// bytes into chunks changes nothing.
/// </summary>
internal sealed class SheetReader(Stream csv, SheetReaderOptions? chosen = null)
{
    private readonly SheetReaderOptions _options = chosen ?? SheetReaderOptions.Default;

    public async Task<SheetOutcome> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(_options.BufferBytes);
        var tally = new SheetTally();
        var lines = new SheetLines(tally, _options);
        var total = 0L;
        var kept = 0;
        for (var last = false; !last && tally.Failure is null;)
        {
            var read = await csv.ReadAtLeastAsync(buffer.AsMemory(kept), buffer.Length - kept, throwOnEndOfStream: false, cancellationToken);
            var filled = kept + read;
            last = filled < buffer.Length;
            var foreign = SheetFormat.WhatElse(buffer.AsSpan(kept, read), first: total == 0);
            total += read;
            if (foreign is not null)
                return SheetOutcome.Failed(foreign);
            if (total > SheetLimits.SheetBytes)
                return SheetOutcome.TooLarge;

            var start = total == read ? SheetFormat.ByteOrderMarkOf(buffer.AsSpan(0, filled)) : 0;
            var used = start + lines.Read(buffer.AsSpan(start, filled - start), last);
            kept = filled - used;
            buffer.AsSpan(used, kept).CopyTo(buffer);
        }

        return tally.ToOutcome();
    }
}
