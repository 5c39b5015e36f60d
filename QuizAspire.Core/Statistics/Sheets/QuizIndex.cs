using System.Diagnostics.CodeAnalysis;
using System.Text;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>The quizzes of a sheet, found by their names' UTF-8 without making a string for each line.</summary>
internal sealed class QuizIndex
{
    private readonly Dictionary<byte[], ScoreTally> _byName = new(new Utf8NameComparer());
    private readonly Dictionary<byte[], ScoreTally>.AlternateLookup<ReadOnlySpan<byte>> _find;
    private readonly List<(string Name, ScoreTally Scores)> _inOrder = [];

    public QuizIndex() => _find = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>In the order of their coming.</summary>
    public IReadOnlyList<(string Name, ScoreTally Scores)> InOrder => _inOrder;

    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out ScoreTally? scores) => _find.TryGetValue(name, out scores);

    public ScoreTally Add(ReadOnlySpan<byte> name)
    {
        var scores = new ScoreTally();
        _byName.Add(name.ToArray(), scores);
        _inOrder.Add((Encoding.UTF8.GetString(name), scores));
        return scores;
    }
}
