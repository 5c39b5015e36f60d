namespace QuizAspire.Tests.Support;

/// <summary>A test that looks at a page in headless Chromium; skipped, with the reason, on a machine that has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>The browser's program: that of the variable CHROMIUM_PATH, or where Linux distributions install it.</summary>
    public static readonly string Chromium = Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } path ? path : "/usr/bin/chromium";

    public BrowserFactAttribute()
    {
        if (!File.Exists(Chromium))
            Skip = $"There is no Chromium at {Chromium}; install it (apt-get install chromium) or name it with CHROMIUM_PATH.";
    }
}
