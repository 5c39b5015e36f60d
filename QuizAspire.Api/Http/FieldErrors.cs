namespace QuizAspire.Api.Http;

/// <summary>What is wrong with a request, by field, in the order found; bounded, so that a hostile body cannot make a long answer.</summary>
internal sealed class FieldErrors
{
    private const int MaxFields = 20;
    private const int MaxFieldName = 160;

    private readonly Dictionary<string, List<string>> _byField = [];

    public bool Any => _byField.Count > 0;

    public bool IsFull => _byField.Count >= MaxFields;

    public void Add(string field, string message)
    {
        if (field.Length > MaxFieldName)
            field = string.Concat(field.AsSpan(0, MaxFieldName), "...");
        if (_byField.TryGetValue(field, out var messages))
            messages.Add(message);
        else if (!IsFull)
            _byField.Add(field, [message]);
    }

    public Dictionary<string, string[]> ToDictionary() => _byField.ToDictionary(field => field.Key, field => field.Value.ToArray());
}
