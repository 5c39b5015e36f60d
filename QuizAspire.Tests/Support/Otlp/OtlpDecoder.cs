using System.Globalization;

namespace QuizAspire.Tests.Support.Otlp;

/// <summary>Reads the bodies of OTLP's three export requests; field numbers are those of opentelemetry-proto 1.x.</summary>
internal static class OtlpDecoder
{
    public static IReadOnlyList<OtlpSpan> Spans(ReadOnlySpan<byte> request) => Read(request, Span);

    public static IReadOnlyList<OtlpLog> Logs(ReadOnlySpan<byte> request) => Read(request, Log);

    public static IReadOnlyList<OtlpMetric> Metrics(ReadOnlySpan<byte> request) => Read(request, OtlpMetricDecoder.Metric);

    internal static void AddAttribute(this OtlpAttributes attributes, ReadOnlySpan<byte> keyValue)
    {
        var (key, value) = ("", (object?)null);
        var reader = new ProtoReader(keyValue);
        while (reader.Next())
        {
            if (reader.Field == 1)
                key = reader.Text();
            else if (reader.Field == 2)
                value = Value(reader.Bytes());
            else
                reader.Skip();
        }

        attributes.Add(key, value);
    }

    // All three requests have the same frame: resources (1), in each its description (1) and scopes (2), in each its description (1) and items (2).
    private static List<T> Read<T>(ReadOnlySpan<byte> request, ItemReader<T> item)
    {
        var items = new List<T>();
        var reader = new ProtoReader(request);
        while (reader.Next())
        {
            if (reader.Field == 1)
                ReadResource(reader.Bytes(), items, item);
            else
                reader.Skip();
        }

        return items;
    }

    private static void ReadResource<T>(ReadOnlySpan<byte> resourceItems, List<T> items, ItemReader<T> item)
    {
        var resource = Description(resourceItems, attributesField: 1).Attributes;
        var reader = new ProtoReader(resourceItems);
        while (reader.Next())
        {
            if (reader.Field != 2)
            {
                reader.Skip();
                continue;
            }

            var scopeItems = reader.Bytes();
            var origin = new OtlpOrigin(resource, Description(scopeItems, attributesField: 3).Name);
            var scope = new ProtoReader(scopeItems);
            while (scope.Next())
            {
                if (scope.Field == 2)
                    items.Add(item(origin, scope.Bytes()));
                else
                    scope.Skip();
            }
        }
    }

    /// <summary>Of a resource or a scope, which is the first field of the message around it.</summary>
    private static (string Name, OtlpAttributes Attributes) Description(ReadOnlySpan<byte> around, int attributesField)
    {
        var (name, attributes) = ("", new OtlpAttributes());
        var reader = new ProtoReader(around);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            var inner = new ProtoReader(reader.Bytes());
            while (inner.Next())
            {
                if (inner.Field == attributesField)
                    attributes.AddAttribute(inner.Bytes());
                else if (inner.Field == 1)
                    name = inner.Text();
                else
                    inner.Skip();
            }
        }

        return (name, attributes);
    }

    private static OtlpSpan Span(OtlpOrigin origin, ReadOnlySpan<byte> message)
    {
        var span = new OtlpSpan(origin);
        var (links, events) = (new List<OtlpLink>(), new List<OtlpEvent>());
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: span = span with { TraceId = reader.Hex() }; break;
                case 2: span = span with { SpanId = reader.Hex() }; break;
                case 3: span = span with { TraceState = reader.Text() }; break;
                case 4: span = span with { ParentSpanId = reader.Hex() }; break;
                case 5: span = span with { Name = reader.Text() }; break;
                case 6: span = span with { Kind = (OtlpSpanKind)reader.UInt64() }; break;
                case 7: span = span with { StartNanoseconds = reader.UInt64() }; break;
                case 8: span = span with { EndNanoseconds = reader.UInt64() }; break;
                case 9: span.Attributes.AddAttribute(reader.Bytes()); break;
                case 11: events.Add(Event(reader.Bytes())); break;
                case 13: links.Add(Link(reader.Bytes())); break;
                case 15: span = WithStatus(span, reader.Bytes()); break;
                default: reader.Skip(); break;
            }
        }

        return span with { Links = links, Events = events };
    }

    private static OtlpSpan WithStatus(OtlpSpan span, ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == 2)
                span = span with { StatusMessage = reader.Text() };
            else if (reader.Field == 3)
                span = span with { Status = (OtlpStatus)reader.UInt64() };
            else
                reader.Skip();
        }

        return span;
    }

    private static OtlpLink Link(ReadOnlySpan<byte> message)
    {
        var (traceId, spanId, attributes) = ("", "", new OtlpAttributes());
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: traceId = reader.Hex(); break;
                case 2: spanId = reader.Hex(); break;
                case 4: attributes.AddAttribute(reader.Bytes()); break;
                default: reader.Skip(); break;
            }
        }

        return new OtlpLink(traceId, spanId, attributes);
    }

    private static OtlpEvent Event(ReadOnlySpan<byte> message)
    {
        var (name, attributes) = ("", new OtlpAttributes());
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2: name = reader.Text(); break;
                case 3: attributes.AddAttribute(reader.Bytes()); break;
                default: reader.Skip(); break;
            }
        }

        return new OtlpEvent(name, attributes);
    }

    private static OtlpLog Log(OtlpOrigin origin, ReadOnlySpan<byte> message)
    {
        var log = new OtlpLog(origin);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2: log = log with { Severity = (int)reader.UInt64() }; break;
                case 5: log = log with { Body = Convert.ToString(Value(reader.Bytes()), CultureInfo.InvariantCulture) ?? "" }; break;
                case 6: log.Attributes.AddAttribute(reader.Bytes()); break;
                case 9: log = log with { TraceId = reader.Hex() }; break;
                case 10: log = log with { SpanId = reader.Hex() }; break;
                case 12: log = log with { EventName = reader.Text() }; break;
                default: reader.Skip(); break;
            }
        }

        return log;
    }

    private static object? Value(ReadOnlySpan<byte> message)
    {
        object? value = null;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: value = reader.Text(); break;
                case 2: value = reader.UInt64() != 0; break;
                case 3: value = (long)reader.UInt64(); break;
                case 4: value = reader.Double(); break;
                case 5: value = Values(reader.Bytes()); break;
                case 7: value = reader.Bytes().ToArray(); break;
                default: reader.Skip(); break;
            }
        }

        return value;
    }

    private static List<object?> Values(ReadOnlySpan<byte> message)
    {
        var values = new List<object?>();
        var reader = new ProtoReader(message);
        while (reader.Next())
            values.Add(Value(reader.Bytes()));
        return values;
    }

    private delegate T ItemReader<T>(OtlpOrigin origin, ReadOnlySpan<byte> message);
}
