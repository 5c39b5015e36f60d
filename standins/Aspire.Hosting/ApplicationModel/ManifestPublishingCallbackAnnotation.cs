using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel
{
    public class ManifestPublishingCallbackAnnotation(Func<ManifestPublishingContext, Task>? callback) : IResourceAnnotation
    {
        /// <summary>Keeps the resource out of what is published.</summary>
        public static ManifestPublishingCallbackAnnotation Ignore { get; } = new(null);

        public Func<ManifestPublishingContext, Task>? Callback { get; } = callback;
    }
}

namespace Aspire.Hosting.Publishing
{
    public sealed class ManifestPublishingContext
    {
        internal ManifestPublishingContext()
        {
        }
    }
}
