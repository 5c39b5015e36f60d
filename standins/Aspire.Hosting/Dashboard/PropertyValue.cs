using Google.Protobuf.WellKnownTypes;

namespace Aspire.Hosting.Dashboard;

/// <summary>A property's value as protobuf's dynamic value; what is not text, a number or a list of them is shown as its text.</summary>
internal static class PropertyValue
{
    public static Value From(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        int number => Value.ForNumber(number),
        IEnumerable<string> texts => Value.ForList([.. texts.Select(Value.ForString)]),
        IEnumerable<int> numbers => Value.ForList([.. numbers.Select(number => Value.ForNumber(number))]),
        _ => Value.ForString(value.ToString() ?? ""),
    };
}
