namespace QuizAspire.Load.Questions;

/// <summary>
/// Reads OpenTriviaQA: entries divided by blank lines, each a question behind <c>#Q</c> (which may go on over several lines, blank ones too),
/// the right answer behind <c>^</c>, and the choices behind <c>A</c>, <c>B</c> and so on. Whatever the file holds, it is read to its end.
/// </summary>
internal static class TriviaParser
{
    public static TriviaFile Parse(ReadOnlySpan<byte> file)
    {
        var (text, invalidBytes) = LenientUtf8.Decode(file);
        var questions = new List<TriviaQuestion>();
        var malformed = new List<MalformedEntry>();
        TriviaEntry? entry = null;
        var outside = false;
        var number = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.TrimEnd().ToString();
            if (line.StartsWith("#Q", StringComparison.Ordinal))
            {
                Finish();
                entry = new TriviaEntry(number, line[2..]);
            }
            else if (entry is { IsComplete: true } && line.Length == 0)
            {
                Finish();
            }
            else if (entry is not null)
            {
                entry.Add(line);
            }
            else if (line.Length > 0 && !outside)
            {
                malformed.Add(new MalformedEntry(number, "text outside of an entry"));
            }

            outside = entry is null && line.Length > 0;
        }

        Finish();
        return new TriviaFile(questions, malformed, invalidBytes);

        void Finish()
        {
            if (entry is null)
                return;
            if (entry.Fault is { } reason)
                malformed.Add(new MalformedEntry(entry.Line, reason));
            else
                questions.Add(entry.ToQuestion());
            entry = null;
        }
    }
}
