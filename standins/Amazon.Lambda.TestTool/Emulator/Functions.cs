using System.Collections.Concurrent;

namespace Amazon.Lambda.TestTool.Emulator;

internal sealed class Functions(LambdaEmulatorSettings settings)
{
    // Names come from requests: more than any stack has, and still a bound.
    private const int MaxFunctions = 1000;

    private readonly ConcurrentDictionary<string, LambdaFunction> _functions = new(
        settings.FunctionTimeouts.Known.Keys.Select(name => KeyValuePair.Create(name, new LambdaFunction(name, isDeclared: true, settings))),
        StringComparer.Ordinal);

    public IEnumerable<LambdaFunction> All => _functions.Values.OrderBy(function => function.Name, StringComparer.Ordinal);

    public LambdaFunction? Find(string name) => _functions.GetValueOrDefault(name);

    /// <summary>Null: there are too many.</summary>
    public LambdaFunction? GetOrAdd(string name) => _functions.TryGetValue(name, out var function) ? function
        : _functions.Count >= MaxFunctions ? null
        : _functions.GetOrAdd(name, static (name, settings) => new LambdaFunction(name, isDeclared: false, settings), settings);
}
