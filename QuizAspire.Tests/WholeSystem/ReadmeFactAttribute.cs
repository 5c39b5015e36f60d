using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>A test that runs a command of the README as it stands there; skipped, with the reason, where there is no bash or no curl.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadmeFactAttribute : FactAttribute
{
    public ReadmeFactAttribute()
    {
        if (!Tool.Succeeds("bash", "-c", "curl --version"))
            Skip = "It runs a command of the README, and there is no bash or no curl.";
    }
}
