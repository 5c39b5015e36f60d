namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>One line's scores, held back until the line is known to be good: it is counted whole or not at all.</summary>
internal sealed class LineScores
{
    private int[] _millionths = new int[1024];
    private int _count;

    public ReadOnlySpan<int> Millionths => _millionths.AsSpan(0, _count);

    public int Missing { get; private set; }

    public void Clear()
    {
        _count = 0;
        Missing = 0;
    }

    public void Add(int millionths)
    {
        if (_count == _millionths.Length)
            Array.Resize(ref _millionths, 2 * _count);
        _millionths[_count++] = millionths;
    }

    public void AddMissing() => Missing++;
}
