namespace Standins.Tests;

/// <summary>Variables of this process for the time of a test, which has to run alone.</summary>
internal sealed class ScopedEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _before;

    public ScopedEnvironment(IReadOnlyDictionary<string, string?> variables)
    {
        _before = variables.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        Set(variables);
    }

    public void Dispose() => Set(_before);

    private static void Set(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
    }
}
