using System.Runtime.CompilerServices;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>One line's scores, held back until the line is known to be good: it is counted whole or not at all.</summary>
internal sealed class LineScores
{
    private readonly List<int> _finer = [];
    private int[] _hundredths = new int[1024];
    private int _count;

    public int Missing { get; private set; }

    public void Clear()
    {
        _count = 0;
        _finer.Clear();
        Missing = 0;
    }

    public void AddHundredths(int hundredths)
    {
        var all = _hundredths;
        if ((uint)_count >= (uint)all.Length)
            all = Grow();
        all[_count++] = hundredths;
    }

    public void AddMillionths(int millionths)
    {
        var (hundredths, finer) = Math.DivRem(millionths, ScoreTally.PerHundredth);
        if (finer == 0)
            AddHundredths(hundredths);
        else
            _finer.Add(millionths);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int[] Grow()
    {
        Array.Resize(ref _hundredths, 2 * _count);
        return _hundredths;
    }

    public void AddMissing() => Missing++;

    public void CountIn(ScoreTally quiz)
    {
        quiz.AddHundredths(_hundredths.AsSpan(0, _count));
        foreach (var score in _finer)
            quiz.AddFiner(score);
    }
}
