namespace QuizAspire.Tests.Support.Otlp;

/// <summary>Reads one metric.</summary>
internal static class OtlpMetricDecoder
{
    public static OtlpMetric Metric(OtlpOrigin origin, ReadOnlySpan<byte> message)
    {
        var (name, unit, instrument, points) = ("", "", OtlpInstrument.Unknown, new List<OtlpPoint>());
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Text(); break;
                case 3: unit = reader.Text(); break;
                case 5: (instrument, points) = (OtlpInstrument.Gauge, Points(reader.Bytes(), Number)); break;
                case 7: (instrument, points) = (OtlpInstrument.Sum, Points(reader.Bytes(), Number)); break;
                case 9: (instrument, points) = (OtlpInstrument.Histogram, Points(reader.Bytes(), Histogram)); break;
                default: reader.Skip(); break;
            }
        }

        return new OtlpMetric(origin, name, unit, instrument, points);
    }

    private static List<OtlpPoint> Points(ReadOnlySpan<byte> data, PointReader point)
    {
        var points = new List<OtlpPoint>();
        var reader = new ProtoReader(data);
        while (reader.Next())
        {
            if (reader.Field == 1)
                points.Add(point(reader.Bytes()));
            else
                reader.Skip();
        }

        return points;
    }

    private static OtlpPoint Number(ReadOnlySpan<byte> message)
    {
        var (attributes, value) = (new OtlpAttributes(), 0.0);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 4: value = reader.Double(); break;
                case 6: value = (long)reader.UInt64(); break;
                case 7: attributes.AddAttribute(reader.Bytes()); break;
                default: reader.Skip(); break;
            }
        }

        return new OtlpPoint(attributes, value, 0, [], []);
    }

    private static OtlpPoint Histogram(ReadOnlySpan<byte> message)
    {
        var (attributes, sum, count) = (new OtlpAttributes(), 0.0, 0L);
        var (buckets, bounds) = (new List<ulong>(), new List<ulong>());
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 4: count = (long)reader.UInt64(); break;
                case 5: sum = reader.Double(); break;
                case 6: reader.AddTo(buckets); break;
                case 7: reader.AddTo(bounds); break;
                case 9: attributes.AddAttribute(reader.Bytes()); break;
                default: reader.Skip(); break;
            }
        }

        return new OtlpPoint(attributes, sum, count, [.. bounds.Select(BitConverter.UInt64BitsToDouble)], [.. buckets.Select(bucket => (long)bucket)]);
    }

    private delegate OtlpPoint PointReader(ReadOnlySpan<byte> message);
}
