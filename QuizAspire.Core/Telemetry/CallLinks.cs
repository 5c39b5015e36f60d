using System.Diagnostics;

namespace QuizAspire.Core.Telemetry;

/// <summary>
/// Links of calls to AWS that several messages share. A span has one parent, so such a call is below one of them, or below what is done for the whole
/// batch, and linked with the spans of all the others, both ways: from each message's trace there is a way to what was done for it.
/// </summary>
internal static class CallLinks
{
    private const string Source = "QuizAspire.Aws";
    private const string Property = "quizaspire.shared_by";

    /// <summary>From now on each call right below the owner is linked with these spans.</summary>
    /// <param name="spans">The owner may be one of them; those that nobody keeps are left out.</param>
    public static void Begin(Activity owner, IEnumerable<Activity?> spans)
    {
        var others = spans.OfType<Activity>().Where(span => span.Recorded && span != owner).ToList();
        if (others.Count == 0 || !owner.Recorded)
            return;
        Calls.Listen();
        owner.SetCustomProperty(Property, others);
    }

    public static void End(Activity owner) => owner.SetCustomProperty(Property, null);

    private static void Link(Activity call)
    {
        if (call.Parent?.GetCustomProperty(Property) is not List<Activity> others)
            return;
        foreach (var other in others)
        {
            other.AddLink(new ActivityLink(call.Context));
            call.AddLink(new ActivityLink(other.Context));
        }
    }

    private static class Calls
    {
        static Calls() => ActivitySource.AddActivityListener(new ActivityListener
        {
            // It has no say in what is kept: only what others want to see is started.
            ShouldListenTo = source => source.Name == Source,
            ActivityStarted = Link,
        });

        /// <summary>From the first call on that somebody wants to see: a source that is listened to costs something at each call.</summary>
        public static void Listen()
        {
        }
    }
}
