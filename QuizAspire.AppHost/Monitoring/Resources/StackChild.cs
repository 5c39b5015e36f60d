using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace QuizAspire.AppHost.Monitoring.Resources;

/// <summary>A resource of the stack as a resource of the application: nothing that starts or ends, something to look at.</summary>
/// <param name="awsName">What AWS calls it, which Aspire may not.</param>
internal sealed class StackChild(string name, string awsName, IResourceReader reader) : Resource(name)
{
    /// <summary>The dashboard's own word for it.</summary>
    public const string Unknown = "Unknown";

    public string AwsName => awsName;

    public IResourceReader Reader => reader;

    /// <summary>The state that shows this reading. What others have put among the properties stays, such as the parent.</summary>
    public static CustomResourceSnapshot Show(CustomResourceSnapshot state, Reading reading)
    {
        var properties = reading.IsKnown ? reading.Properties : [];
        var names = properties.Select(property => property.Name).Append(CustomResourceKnownProperties.Source).ToHashSet(StringComparer.Ordinal);
        return state with
        {
            State = reading.IsKnown
                ? new ResourceStateSnapshot(
                    KnownResourceStates.Running, reading.NeedsAttention ? KnownResourceStateStyles.Warn : KnownResourceStateStyles.Success)
                : new ResourceStateSnapshot(Unknown, KnownResourceStateStyles.Info),
            Properties =
            [
                .. state.Properties.Where(property => !names.Contains(property.Name)),
                new(CustomResourceKnownProperties.Source, reading.Summary),
                .. properties.Select(property => new ResourcePropertySnapshot(property.Name, property.Value)),
            ],
        };
    }
}
