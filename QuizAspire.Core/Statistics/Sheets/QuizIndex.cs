using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>
/// The quizzes of a sheet, found by their names' UTF-8: a hash table without removal and without growth, as a name is looked up for
/// every line and there are few. At most <see cref="SheetLimits.Quizzes"/> may be added.
/// </summary>
internal sealed class QuizIndex
{
    private const int Slots = 2048;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    // Other in each sheet, so that names which all want one slot cannot be chosen.
    private readonly ulong _seed = (ulong)Random.Shared.NextInt64();
    private readonly (byte[]? Name, ScoreTally? Scores)[] _slots = new (byte[]?, ScoreTally?)[Slots];
    private readonly List<(string Name, ScoreTally Scores)> _inOrder = [];

    /// <summary>In the order of their coming.</summary>
    public IReadOnlyList<(string Name, ScoreTally Scores)> InOrder => _inOrder;

    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out ScoreTally? scores)
    {
        scores = _slots[SlotOf(name)].Scores;
        return scores is not null;
    }

    public ScoreTally Add(ReadOnlySpan<byte> name)
    {
        var scores = new ScoreTally();
        _slots[SlotOf(name)] = (name.ToArray(), scores);
        _inOrder.Add((Encoding.UTF8.GetString(name), scores));
        return scores;
    }

    /// <summary>Where the name is, or else where it would be put.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SlotOf(ReadOnlySpan<byte> name)
    {
        var hash = _seed ^ (ulong)name.Length;
        var rest = name;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(rest));
        var tail = 0UL;
        foreach (var value in rest)
            tail = tail << 8 | value;
        for (var slot = (int)(Mix(hash, tail) >> 32); ; slot++)
            if (_slots[slot & (Slots - 1)].Name is not { } other || name.SequenceEqual(other))
                return slot & (Slots - 1);
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * Multiplier;
        return hash ^ hash >> 29;
    }
}
