using Amazon.SQS.Model;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Core.Submissions;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Tests.DeadLetters;

/// <summary>What a dead letter is when it is sent again.</summary>
public sealed class DeadLetterMessageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void Body_group_attributes_and_trace_stay_and_the_origin_comes_along()
    {
        var letter = Letter();
        letter.Attributes["AWSTraceHeader"] = "Root=1-5759e988-bd862e3fe1be46a994272793";
        letter.MessageAttributes["shape"] = new() { DataType = "Number.int", StringValue = "7" };
        letter.MessageAttributes["bytes"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([1, 2, 3]) };

        var entry = letter.ToEntry("0", isFifo: true, Redriver.MaxBytes);

        Assert.Equal(("{}", "ada"), (entry.MessageBody, entry.MessageGroupId));
        Assert.Equal(("Number.int", "7"), (entry.MessageAttributes["shape"].DataType, entry.MessageAttributes["shape"].StringValue));
        Assert.Equal([1, 2, 3], entry.MessageAttributes["bytes"].BinaryValue.ToArray());
        Assert.Equal(new MessageOrigin("m1", Noon), MessageOrigin.FromAttribute(entry.MessageAttributes[MessageOrigin.AttributeName].StringValue));
        Assert.Equal("Root=1-5759e988-bd862e3fe1be46a994272793", entry.MessageSystemAttributes["AWSTraceHeader"].StringValue);
    }

    [Fact]
    public void The_deduplication_id_is_the_same_each_time_and_never_the_original_one()
    {
        var first = Letter().ToEntry("0", isFifo: true, Redriver.MaxBytes).MessageDeduplicationId;

        Assert.Equal(first, Letter().ToEntry("7", isFifo: true, Redriver.MaxBytes).MessageDeduplicationId);
        Assert.NotEqual("sent-once", first);
        Assert.NotEqual(first, Letter("m2").ToEntry("0", isFifo: true, Redriver.MaxBytes).MessageDeduplicationId);
        Assert.Null(Letter().ToEntry("0", isFifo: false, Redriver.MaxBytes).MessageDeduplicationId);
    }

    [Fact]
    public void An_origin_that_is_there_already_stays()
    {
        var origin = new MessageOrigin("m0", Noon.AddDays(-3));
        var letter = Letter();
        letter.MessageAttributes[MessageOrigin.AttributeName] = new() { DataType = "String", StringValue = origin.ToAttribute() };

        Assert.Equal(
            origin.ToAttribute(), letter.ToEntry("0", isFifo: true, Redriver.MaxBytes).MessageAttributes[MessageOrigin.AttributeName].StringValue);
    }

    [Fact]
    public void Without_room_for_another_attribute_the_message_goes_without()
    {
        var letter = Letter();
        for (var i = 0; i < TraceCarrier.MaxAttributes; i++)
            letter.MessageAttributes[$"a{i}"] = new() { DataType = "String", StringValue = "x" };

        var entry = letter.ToEntry("0", isFifo: true, Redriver.MaxBytes);

        Assert.Equal(letter.MessageAttributes.Keys, entry.MessageAttributes.Keys);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(200, true)]
    public void An_attribute_counts_in_the_size_of_the_message(int room, bool fits)
    {
        var letter = Letter();
        letter.Body = new string('x', Redriver.MaxBytes - room);

        var entry = letter.ToEntry("0", isFifo: true, Redriver.MaxBytes);

        Assert.Equal(fits, entry.MessageAttributes.ContainsKey(MessageOrigin.AttributeName));
        Assert.InRange(entry.Size(), 1, Redriver.MaxBytes);
    }

    private static Message Letter(string messageId = "m1") => new()
    {
        MessageId = messageId,
        Body = "{}",
        Attributes = new()
        {
            ["MessageGroupId"] = "ada",
            ["MessageDeduplicationId"] = "sent-once",
            ["SentTimestamp"] = $"{Noon.ToUnixTimeMilliseconds()}",
        },
        MessageAttributes = [],
    };
}
