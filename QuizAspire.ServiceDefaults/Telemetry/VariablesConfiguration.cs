using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>Variables as the configuration that the SDK reads its own from.</summary>
/// <param name="variables">Value of a variable by its name, or null.</param>
internal sealed class VariablesConfiguration(Func<string, string?> variables) : IConfiguration
{
    public string? this[string key]
    {
        get => variables(key);
        set => throw new NotSupportedException("Variables are read only.");
    }

    public IConfigurationSection GetSection(string key) => new Section(this, key);

    public IEnumerable<IConfigurationSection> GetChildren() => [];

    public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

    private sealed class Section(VariablesConfiguration all, string path) : IConfigurationSection
    {
        public string Key => path[(path.LastIndexOf(':') + 1)..];

        public string Path => path;

        public string? Value
        {
            get => all[path];
            set => all[path] = value;
        }

        public string? this[string key]
        {
            get => all[$"{path}:{key}"];
            set => all[$"{path}:{key}"] = value;
        }

        public IConfigurationSection GetSection(string key) => new Section(all, $"{path}:{key}");

        public IEnumerable<IConfigurationSection> GetChildren() => [];

        public IChangeToken GetReloadToken() => all.GetReloadToken();
    }
}
