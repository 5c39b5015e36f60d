using System.Text.RegularExpressions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Documentation;

public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_of_the_documents_leads_to_a_file()
    {
        var documents = Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Documents("docs")).Concat(Documents("bench")).ToArray();
        Assert.Contains(documents, document => document.EndsWith("README.md", StringComparison.Ordinal));

        var links =
            from document in documents
            from match in Link().Matches(File.ReadAllText(document))
            let target = match.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            select (Document: document, Target: Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, target)));
        var found = links.ToArray();

        Assert.True(found.Length > 10, "the documents link to each other");
        Assert.Empty(found.Where(link => !File.Exists(link.Target) && !Directory.Exists(link.Target)).Select(link => $"{link.Document} -> {link.Target}"));
    }

    private static IEnumerable<string> Documents(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
