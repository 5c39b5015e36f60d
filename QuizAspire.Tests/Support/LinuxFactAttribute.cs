namespace QuizAspire.Tests.Support;

/// <summary>A test that looks at processes through /proc and sends signals; skipped, with the reason, on other systems.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "It looks at processes through /proc, which only Linux has.";
    }
}
