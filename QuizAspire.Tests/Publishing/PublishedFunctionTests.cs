using QuizAspire.Tests.Functions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Publishing;

/// <summary>What is in the package is all that the function needs, beside the runtime that Lambda brings.</summary>
[Collection(nameof(Publications))]
public sealed class PublishedFunctionTests(Publications publications, LocalDynamo dynamo) : IClassFixture<LocalDynamo>
{
    [LinuxFact]
    public async Task The_published_function_scores_a_message()
    {
        await using var rig = await QuizProcessorRig.CreateAsync(dynamo);
        var submission = Delivery.OfSeed("ada");

        var invocation = rig.Invoke([submission]);
        var function = rig.StartFunction(Path.Combine(publications.Unpacked, "QuizAspire.Functions.dll"));

        var failures = (await invocation.Answer).Failures;
        Assert.True(failures.Count == 0, function.Output);
        await rig.AssertStoredAsync(submission);
    }
}
