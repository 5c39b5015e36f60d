using System.Diagnostics;

namespace QuizAspire.Core.Telemetry;

/// <summary>
/// Calls to AWS that several messages share. A span has one parent, so such a call is below one of them, and linked with the spans of all the others,
/// both ways: from each message's trace there is a way to what was done for it.
/// </summary>
internal static class SharedCalls
{
    /// <summary>Name of the source of the calls' spans.</summary>
    public const string Source = "QuizAspire.Aws";

    private const string Property = "quizaspire.shared_by";

    static SharedCalls() => ActivitySource.AddActivityListener(new ActivityListener
    {
        // It has no say in what is kept: only what others want to see is started.
        ShouldListenTo = source => source.Name == Source,
        ActivityStarted = Link,
    });

    /// <summary>
    /// Makes one of the spans the current one, for what the calling method calls from here on. One that is kept, if there is any: below another the
    /// calls would be in nobody's trace.
    /// </summary>
    /// <param name="spans">Of each message that has one.</param>
    public static void Enter(List<Activity> spans)
    {
        if (spans.Count == 0)
            return;
        var owner = spans.Find(span => span.Recorded) ?? spans[0];
        if (spans.Count > 1)
            owner.SetCustomProperty(Property, spans);
        Activity.Current = owner;
    }

    private static void Link(Activity call)
    {
        if (call.Parent is not { } owner || owner.GetCustomProperty(Property) is not List<Activity> spans)
            return;
        foreach (var span in spans.Where(span => span != owner))
        {
            span.AddLink(new ActivityLink(call.Context));
            call.AddLink(new ActivityLink(span.Context));
        }
    }
}
