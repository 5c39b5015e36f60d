using System.Globalization;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Health;

/// <summary>A <see cref="HealthState"/> as its table keeps it.</summary>
internal static class HealthStateItem
{
    public const string CheckId = "check_id";
    public const string Version = "version";

    private const string ToldAt = "told_at";
    private const string ToldFindings = "told_findings";
    private const string ClaimedBy = "claimed_by";
    private const string ClaimedUntil = "claimed_until";
    private const string ClaimedFindings = "claimed_findings";

    public static Dictionary<string, AttributeValue> From(string checkId, HealthState state)
    {
        var item = new Dictionary<string, AttributeValue>
        {
            [CheckId] = new() { S = checkId },
            [Version] = Number(state.Version),
        };
        if (state.Told is { } told)
        {
            item[ToldAt] = Text(Instants.ToText(told.At));
            item[ToldFindings] = Map(told.Findings);
        }

        if (state.Claim is { } claim)
        {
            item[ClaimedBy] = Text(claim.Owner);
            item[ClaimedUntil] = Text(Instants.ToText(claim.Until));
            item[ClaimedFindings] = Map(claim.Findings);
        }

        return item;
    }

    public static HealthState ToState(Dictionary<string, AttributeValue> item) => new(
        long.Parse(item[Version].N, CultureInfo.InvariantCulture),
        item.TryGetValue(ToldAt, out var at) ? new Told(ToFindings(item[ToldFindings]), Instants.Parse(at.S)) : null,
        item.TryGetValue(ClaimedBy, out var owner)
            ? new Claim(owner.S, ToFindings(item[ClaimedFindings]), Instants.Parse(item[ClaimedUntil].S))
            : null);

    public static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    private static AttributeValue Text(string value) => new() { S = value };

    private static AttributeValue Map(IReadOnlyDictionary<string, long> findings) => new()
    {
        M = findings.ToDictionary(finding => finding.Key, finding => Number(finding.Value), StringComparer.Ordinal),
        // An empty map that was set on purpose: after recovery.
        IsMSet = true,
    };

    private static Dictionary<string, long> ToFindings(AttributeValue map) =>
        map.M.ToDictionary(finding => finding.Key, finding => long.Parse(finding.Value.N, CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
