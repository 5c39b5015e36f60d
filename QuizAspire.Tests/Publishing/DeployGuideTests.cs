using QuizAspire.AppHost.Publishing;

namespace QuizAspire.Tests.Publishing;

public sealed class DeployGuideTests
{
    private static readonly (string, string)[] Code = [("asset.1a.zip", "1a.zip"), ("asset.2b.zip", "2b.zip")];

    [Fact]
    public void Code_is_copied_to_the_keys_that_the_template_expects()
    {
        var guide = Guide("");

        Assert.Contains("\naws s3 cp asset.1a.zip \"s3://$BUCKET/1a.zip\"\naws s3 cp asset.2b.zip \"s3://$BUCKET/2b.zip\"\n", guide, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stack_itself_is_tagged_as_the_cdk_tags_it() =>
        Assert.Contains(" --tags Environment=production Application=quiz-processor ManagedBy=cloudformation \\\n", Guide(""), StringComparison.Ordinal);

    [Fact]
    public void A_bucket_that_was_given_is_named_and_the_parameters_file_used_as_it_is()
    {
        var guide = Guide("quiz-code");

        Assert.Contains("\nBUCKET=quiz-code\n", guide, StringComparison.Ordinal);
        Assert.Contains("--parameter-overrides file://parameters.json\n", guide, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_one_the_reader_chooses_it_and_it_is_put_among_the_parameters()
    {
        var guide = Guide("");

        Assert.Contains("\nBUCKET=choose-a-name\n", guide, StringComparison.Ordinal);
        Assert.Contains("AssetsBucket=$BUCKET", guide, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_parameters_go_to_the_cdk_quoted_for_the_shell()
    {
        var guide = Guide("quiz-code", ("AlertEmail", "o'hara@school.example"), ("AssetsBucket", "quiz-code"));

        // The CDK's own bucket holds its code.
        Assert.Contains("cdk deploy --app DIR --parameters 'AlertEmail=o'\\''hara@school.example'\n", guide, StringComparison.Ordinal);
    }

    private static string Guide(string bucket, params (string Name, string Value)[] given) => DeployGuide.Content(
        "quiz-aspire", Code,
        new Dictionary<string, string> { ["AssetsBucket"] = bucket },
        new PublishOptions("arm64", given.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal)));
}
