using System.Collections.Immutable;

namespace QuizAspire.AppHost.Monitoring.Resources;

/// <summary>What a resource of the stack was found to be at one moment. Two readings that show the same are equal.</summary>
/// <param name="Summary">One line, for the list of resources.</param>
/// <param name="Properties">In the order in which the details show them.</param>
/// <param name="NeedsAttention">Is this what somebody should look at?</param>
internal sealed record Reading(string Summary, ImmutableArray<(string Name, object Value)> Properties, bool NeedsAttention = false)
{
    /// <summary>False while it could not be read; the summary says why.</summary>
    public bool IsKnown { get; private init; } = true;

    public static Reading Unknown(string why) => new(why, []) { IsKnown = false };

    public bool Equals(Reading? other) => other is not null
        && (IsKnown, Summary, NeedsAttention) == (other.IsKnown, other.Summary, other.NeedsAttention)
        && Properties.SequenceEqual(other.Properties);

    public override int GetHashCode() => HashCode.Combine(IsKnown, Summary, NeedsAttention, Properties.Length);
}

/// <summary>Asks AWS about one resource.</summary>
internal interface IResourceReader
{
    Task<Reading> ReadAsync(CancellationToken cancellation);
}
