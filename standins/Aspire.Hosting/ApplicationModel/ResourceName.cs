namespace Aspire.Hosting.ApplicationModel;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResourceNameAttribute : Attribute, IModelNameParameter;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EndpointNameAttribute : Attribute, IModelNameParameter;

public interface IModelNameParameter;

internal static class ResourceName
{
    /// <summary>A resource's name becomes part of host names, so it keeps to letters, digits and single hyphens, and to 64 characters.</summary>
    public static void Validate(string name, string target = "Resource")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var valid = name.Length <= 64
            && char.IsAsciiLetter(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && !name.Contains("--", StringComparison.Ordinal)
            && name[^1] != '-';
        if (!valid)
            throw new ArgumentException(
                $"{target} name '{name}' is invalid. A name begins with an ASCII letter, holds letters, digits and single hyphens, "
                + "does not end with a hyphen, and has at most 64 characters.", nameof(name));
    }
}
