using System.Globalization;

namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>
/// The functions that are known to exist and how long one invocation of each may take, from <c>LAMBDA_FUNCTION_TIMEOUTS=name=seconds,...</c>.
/// A function that is not named has Lambda's upper limit of 900 s, since nobody has said that it should be cut short.
/// </summary>
internal sealed record FunctionTimeouts(IReadOnlyDictionary<string, TimeSpan> Known)
{
    public const string Variable = "LAMBDA_FUNCTION_TIMEOUTS";

    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(900);

    public static readonly FunctionTimeouts None = new(new Dictionary<string, TimeSpan>());

    public TimeSpan Of(string function) => Known.GetValueOrDefault(function, Longest);

    /// <exception cref="ArgumentException">An entry is not <c>name=seconds</c> with 1 to 900 seconds.</exception>
    public static FunctionTimeouts Parse(string? text)
    {
        var known = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var entry in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (entry.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, var seconds]
                || !int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var timeout) || timeout is < 1 or > 900)
                throw new ArgumentException($"{Variable}: '{entry}' is not 'function=seconds' with 1 to 900 seconds");
            known[name] = TimeSpan.FromSeconds(timeout);
        }
        return new FunctionTimeouts(known);
    }
}
