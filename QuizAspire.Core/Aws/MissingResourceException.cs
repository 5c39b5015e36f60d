namespace QuizAspire.Core.Aws;

/// <summary>A resource's name is not configured: the program was started without a reference to the stack.</summary>
public sealed class MissingResourceException(string name) : Exception(
    $"{AwsResources.Section}:{name} is not set (environment variable AWS__Resources__{name}). " +
    "It is an output of the stack, which AppHost passes on; set it by hand to run this program alone.")
{
    /// <summary>The key without its section, such as <c>SqsQueueUrl</c>.</summary>
    public string Name { get; } = name;
}
