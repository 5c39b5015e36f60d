using System.Globalization;

namespace Amazon.Standins.Query;

/// <summary>
/// The parameters of a request: members by name, lists as <c>Name.member.1</c>, maps as <c>Name.entry.1.key</c>. What is not set is left out.
/// </summary>
internal sealed class QueryWriter(IDictionary<string, string> parameters, string prefix = "")
{
    public void Write(string name, string value)
    {
        if (value is not null)
        {
            parameters[prefix + name] = value;
        }
    }

    public void Write(string name, bool? value) => Write(name, value is { } set ? (set ? "true" : "false") : null);

    public void Write(string name, int? value) => Write(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>ISO 8601 in UTC, with milliseconds where there are any.</summary>
    public void Write(string name, DateTime? value) => Write(name, value?.ToUniversalTime().ToString(
        value.Value.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Base64, as the protocol has bytes.</summary>
    public void Write(string name, MemoryStream value) => Write(name, value is null ? null : Convert.ToBase64String(value.ToArray()));

    public void WriteList(string name, List<string> items) => WriteList(name, items, static (writer, item) => writer.Write("", item));

    /// <param name="write">Writes an item's members; one without members of its own is written under the empty name.</param>
    public void WriteList<T>(string name, List<T> items, Action<QueryWriter, T> write)
    {
        // An empty list that was set on purpose is told from one that was not; with AWSConfigs.InitializeCollections nobody can tell.
        if (items is { Count: 0 } && !AWSConfigs.InitializeCollections)
        {
            Write(name, "");
        }

        for (var index = 0; index < (items?.Count ?? 0); index++)
        {
            write(Below(name, "member", index), items[index]);
        }
    }

    public void WriteMap(string name, Dictionary<string, string> entries) =>
        WriteMap(name, entries, ("key", "value"), static (writer, value) => writer.Write("", value));

    /// <param name="wire">What the service calls an entry's key and value.</param>
    public void WriteMap<T>(string name, Dictionary<string, T> entries, (string Key, string Value) wire, Action<QueryWriter, T> write)
    {
        var index = 0;
        foreach (var (key, value) in entries ?? [])
        {
            var entry = Below(name, "entry", index++);
            entry.Write("." + wire.Key, key);
            write(new QueryWriter(parameters, $"{entry.Prefix}.{wire.Value}"), value);
        }
    }

    private string Prefix => prefix;

    private QueryWriter Below(string name, string kind, int index) =>
        new(parameters, string.Create(CultureInfo.InvariantCulture, $"{prefix}{name}.{kind}.{index + 1}"));
}
