using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Protos;

namespace Aspire.Hosting.Dashboard;

internal static class ConsoleLogs
{
    /// <summary>Spreads lines over messages of bounded size; a line longer than one message is cut to fit.</summary>
    public static IEnumerable<ConsoleLogsUpdate> Split(IReadOnlyList<LogLine> lines, int maxCharacters)
    {
        var update = new ConsoleLogsUpdate();
        var characters = 0;
        foreach (var line in lines)
        {
            var text = line.Content.Length <= maxCharacters ? line.Content : line.Content[..maxCharacters];
            if (characters + text.Length > maxCharacters)
            {
                yield return update;
                (update, characters) = (new ConsoleLogsUpdate(), 0);
            }

            update.LogLines.Add(new ConsoleLogLine { LineNumber = line.LineNumber, Text = text, IsStdErr = line.IsErrorMessage });
            characters += text.Length;
        }

        if (update.LogLines.Count > 0)
            yield return update;
    }
}
