using Microsoft.AspNetCore.WebUtilities;

namespace Standins.Tests;

/// <summary>The parameters of a request of the query protocol, in which order says nothing.</summary>
internal static class QueryForm
{
    public static IEnumerable<string> Of(string body) =>
        QueryHelpers.ParseQuery(body).Select(parameter => $"{parameter.Key}={parameter.Value}").Order(StringComparer.Ordinal);
}
