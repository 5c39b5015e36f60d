using System.Globalization;
using System.Xml.Linq;

namespace Amazon.Standins.Query;

/// <summary>Reads an answer's elements by name, whatever namespace the endpoint put them in. What is missing is null.</summary>
internal sealed class QueryResult(XElement element)
{
    public QueryResult Child(string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name) is { } found ? new QueryResult(found) : null;

    public string Text() => element.Value;

    public string Text(string name) => Child(name)?.Text();

    /// <summary>In UTC.</summary>
    public DateTime? Instant(string name) => Text(name) is { Length: > 0 } text ? ToInstant(text) : null;

    public static DateTime ToInstant(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    public bool? Flag(string name) => Text(name) is { Length: > 0 } text ? bool.Parse(text) : null;

    /// <summary>A list whose items have no members of their own.</summary>
    public List<T> Values<T>(string name, Func<string, T> read) where T : struct
    {
        var items = Child(name)?.Items("member").Select(item => read(item.Text())).ToList();
        return items is { Count: > 0 } || AWSConfigs.InitializeCollections ? items ?? [] : null;
    }

    public List<T> List<T>(string name, Func<QueryResult, T> read) where T : class
    {
        var items = Child(name)?.Items("member").Select(read).ToList();
        return items is { Count: > 0 } || AWSConfigs.InitializeCollections ? items ?? [] : null;
    }

    public Dictionary<string, string> Map(string name)
    {
        var entries = Child(name)?.Items("entry").ToDictionary(entry => entry.Text("key"), entry => entry.Text("value"), StringComparer.Ordinal);
        return entries is { Count: > 0 } || AWSConfigs.InitializeCollections ? entries ?? [] : null;
    }

    private IEnumerable<QueryResult> Items(string kind) =>
        element.Elements().Where(child => child.Name.LocalName == kind).Select(child => new QueryResult(child));
}
