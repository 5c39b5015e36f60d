using System.Text;
using Amazon.Lambda.TestTool.EventSource;

namespace Standins.Tests.Lambda;

public class BatchSettlementTests
{
    private static readonly string[] Batch = ["m1", "m2", "m3"];

    public static TheoryData<string, string[]> Answers => new()
    {
        // Complete success.
        { "", ["m1", "m2", "m3"] },
        { "null", ["m1", "m2", "m3"] },
        { "{}", ["m1", "m2", "m3"] },
        { """{"batchItemFailures":null}""", ["m1", "m2", "m3"] },
        { """{"batchItemFailures":[]}""", ["m1", "m2", "m3"] },
        { """{"BatchItemFailures":[{"itemIdentifier":"m1"}]}""", ["m1", "m2", "m3"] },
        // Partial success.
        { """{"batchItemFailures":[{"itemIdentifier":"m2"}]}""", ["m1", "m3"] },
        { """{"batchItemFailures":[{"itemIdentifier":"m2"},{"itemIdentifier":"m2"}]}""", ["m1", "m3"] },
        { """{"batchItemFailures":[{"itemIdentifier":"m3"},{"itemIdentifier":"m1"}],"other":1}""", ["m2"] },
        { """{"batchItemFailures":[{"itemIdentifier":"m1"},{"itemIdentifier":"m2"},{"itemIdentifier":"m3"}]}""", [] },
        // Complete failure.
        { "not JSON", [] },
        { """{"batchItemFailures":[""", [] },
        { "\"done\"", [] },
        { "[]", [] },
        { """{"batchItemFailures":{}}""", [] },
        { """{"batchItemFailures":"m1"}""", [] },
        { """{"batchItemFailures":["m1"]}""", [] },
        { """{"batchItemFailures":[{}]}""", [] },
        { """{"batchItemFailures":[null]}""", [] },
        { """{"batchItemFailures":[{"itemIdentifier":null}]}""", [] },
        { """{"batchItemFailures":[{"itemIdentifier":""}]}""", [] },
        { """{"batchItemFailures":[{"itemIdentifier":7}]}""", [] },
        { """{"batchItemFailures":[{"ItemIdentifier":"m1"}]}""", [] },
        { """{"batchItemFailures":[{"itemIdentifier":"M1"}]}""", [] },
        { """{"batchItemFailures":[{"itemIdentifier":"m1"},{"itemIdentifier":"unknown"}]}""", [] },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_decides_which_messages_are_deleted(string answer, string[] deleted)
    {
        var settlement = BatchSettlement.Decide(Batch, isFunctionError: false, Encoding.UTF8.GetBytes(answer));

        Assert.Equal(deleted, settlement.Succeeded);
    }

    [Fact]
    public void A_function_error_fails_the_batch_whatever_its_payload_says()
    {
        var settlement = BatchSettlement.Decide(Batch, isFunctionError: true, """{"batchItemFailures":[]}"""u8.ToArray());

        Assert.Empty(settlement.Succeeded);
        Assert.NotNull(settlement.Complaint);
    }

    [Fact]
    public void A_batch_whose_every_message_is_listed_failed_without_a_complaint()
    {
        var settlement = BatchSettlement.Decide(["m1"], isFunctionError: false, """{"batchItemFailures":[{"itemIdentifier":"m1"}]}"""u8.ToArray());

        Assert.Empty(settlement.Succeeded);
        Assert.Null(settlement.Complaint);
    }
}
