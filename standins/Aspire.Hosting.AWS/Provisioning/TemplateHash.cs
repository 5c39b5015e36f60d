using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting.AWS.Provisioning;

/// <summary>
/// What a stack was last made from, kept in a tag of the stack, so that an unchanged template needs no change set. Tag and content are those
/// of the real package: a stack made by one is known to the other.
/// </summary>
internal static class TemplateHash
{
    public const string Tag = "AspireAppHost_SHA256";

    public static string Of(string template, IEnumerable<KeyValuePair<string, string>> parameters, IEnumerable<KeyValuePair<string, string>> tags)
    {
        var content = template
            + Joined(parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"))
            + Joined(tags.Where(tag => tag.Key != Tag).Select(tag => $"tag:{tag.Key}={tag.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }

    private static string Joined(IEnumerable<string> parts) => string.Join(';', parts.Order(StringComparer.InvariantCulture));
}
