namespace QuizAspire.Load.Questions;

/// <summary>One entry while its lines come in.</summary>
internal sealed class TriviaEntry(int line, string question)
{
    // What the API takes.
    private const int MaxText = 2_000;
    private const int MaxChoice = 500;

    private readonly List<string> _choices = [];
    private string _question = question;
    private string? _answer;
    private char _letter = '@';
    private bool _hasSecondAnswer;

    /// <summary>Line of the file on which the entry starts.</summary>
    public int Line { get; } = line;

    /// <summary>Whether a blank line ends it: one within the question is part of the question.</summary>
    public bool IsComplete => _answer is not null;

    /// <summary>Why this is no question that could be asked, or null.</summary>
    public string? Fault => this switch
    {
        _ when Clean(_question).Length == 0 => "no question",
        _ when Clean(_question).Length > MaxText => "the question is too long",
        _ when _answer is null => "no right answer",
        _ when _hasSecondAnswer => "more than one right answer",
        _ when _choices.Count < 2 => "fewer than two choices",
        _ when _choices.Any(choice => Clean(choice).Length is 0 or > MaxChoice) => "a choice is empty or too long",
        _ when _choices.Select(Clean).Distinct(StringComparer.Ordinal).Count() < _choices.Count => "a choice is there twice",
        _ when !_choices.Select(Clean).Contains(Clean(_answer), StringComparer.Ordinal) => "the right answer is not among the choices",
        _ => null,
    };

    public void Add(string text)
    {
        if (text.StartsWith('^'))
        {
            _hasSecondAnswer = _answer is not null;
            _answer ??= text[1..];
        }
        else if (_answer is null)
        {
            _question += "\n" + text;
        }
        else if (IsChoice(text))
        {
            _letter = text[0];
            _choices.Add(text[1..]);
        }
        else if (_choices.Count > 0)
        {
            _choices[^1] += "\n" + text;
        }
        else
        {
            _answer += "\n" + text;
        }
    }

    public TriviaQuestion ToQuestion() => new(Clean(_question), [.. _choices.Select(Clean)], Clean(_answer!));

    // Letters rise, so a line of prose such as "A lot of it" after choice C belongs to C.
    private bool IsChoice(string text) =>
        text.Length > 0 && text[0] is >= 'A' and <= 'Z' && text[0] > _letter && (text.Length == 1 || text[1] == ' ');

    private static string Clean(string text) => string.Create(text.Length, text, static (cleaned, dirty) =>
    {
        for (var i = 0; i < cleaned.Length; i++)
            cleaned[i] = char.IsControl(dirty[i]) && dirty[i] != '\n' ? ' ' : dirty[i];
    }).Trim();
}
