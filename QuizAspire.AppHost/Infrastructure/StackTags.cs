namespace QuizAspire.AppHost.Infrastructure;

/// <summary>The seed's tags, of the stack and of everything in it.</summary>
internal static class StackTags
{
    public static IReadOnlyList<(string Key, string Value)> All { get; } =
    [
        ("Environment", "production"),
        ("Application", "quiz-processor"),
        // The seed names the tool that holds a resource's state; here that is CloudFormation, whoever wrote the template.
        ("ManagedBy", "cloudformation"),
    ];
}
