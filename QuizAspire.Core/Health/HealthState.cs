namespace QuizAspire.Core.Health;

/// <summary>What was told: the findings' keys with their counts. None: that everything is well again.</summary>
public sealed record Told(IReadOnlyDictionary<string, long> Findings, DateTimeOffset At)
{
    /// <summary>Nobody knows: it differs from whatever is found.</summary>
    public static Told Unknown { get; } = new(new Dictionary<string, long> { ["unknown"] = 1 }, DateTimeOffset.MinValue);

    public static Told Of(IEnumerable<Finding> findings, DateTimeOffset at) =>
        new(findings.ToDictionary(finding => finding.Key, finding => finding.Count, StringComparer.Ordinal), at);
}

/// <summary>A run's announcement that it is about to tell, so that another one at the same time does not.</summary>
/// <param name="Owner">The invocation's request id, which Lambda's own retry of it keeps.</param>
/// <param name="Until">When the invocation is over, whatever became of it.</param>
public sealed record Claim(string Owner, IReadOnlyDictionary<string, long> Findings, DateTimeOffset Until);

/// <summary>What the health check remembers between its runs.</summary>
/// <param name="Version">0 where nothing is stored yet; each write adds one.</param>
/// <param name="Told">What was told last; null before the first time.</param>
public sealed record HealthState(long Version, Told? Told, Claim? Claim)
{
    public static HealthState None { get; } = new(0, null, null);

    /// <summary>
    /// What counts as told for this run. Another run that is still at it counts as having told. One that died in between may have told or not,
    /// so anything is news then: what it meant to tell is told at least once, and the recovery from it too.
    /// </summary>
    public Told? ToldFor(string owner, DateTimeOffset now) => Claim switch
    {
        null => Told,
        { } claim when claim.Owner != owner && now < claim.Until => new Told(claim.Findings, now),
        _ => Health.Told.Unknown,
    };

    public HealthState ClaimedBy(string owner, IEnumerable<Finding> findings, DateTimeOffset now, DateTimeOffset until) =>
        this with { Version = Version + 1, Claim = new Claim(owner, Health.Told.Of(findings, now).Findings, until) };

    public HealthState Confirmed(IEnumerable<Finding> findings, DateTimeOffset now) =>
        new(Version + 1, Health.Told.Of(findings, now), null);

    /// <summary>The claim ends before its time, because telling failed, which does not prove that nobody was told.</summary>
    public HealthState Released(DateTimeOffset now) => this with { Version = Version + 1, Claim = Claim! with { Until = now } };
}
