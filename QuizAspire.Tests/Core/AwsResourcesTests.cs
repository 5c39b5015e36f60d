using QuizAspire.Core.Aws;

namespace QuizAspire.Tests.Core;

public sealed class AwsResourcesTests
{
    [Fact]
    public void A_name_is_read_from_its_configuration_key()
    {
        var resources = new AwsResources(key => key == "AWS:Resources:SqsQueueUrl" ? "http://queue" : null);

        Assert.Equal("http://queue", resources.SqsQueueUrl);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void A_missing_name_is_an_error_that_says_which(string? value)
    {
        var resources = new AwsResources(_ => value);

        var exception = Assert.Throws<MissingResourceException>(() => resources.DynamodbTableName);

        Assert.Equal("DynamodbTableName", exception.Name);
        Assert.Contains("AWS:Resources:DynamodbTableName", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AWS__Resources__DynamodbTableName", exception.Message, StringComparison.Ordinal);
    }
}
