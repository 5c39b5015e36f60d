using QuizAspire.Api.Http;

namespace QuizAspire.Api.Statistics;

/// <summary>What lines of a sheet must be to be lines at all. What is in them is the calculator's to judge.</summary>
internal static class SheetRules
{
    public static Refusal? Check(SheetRequest request)
    {
        if (request.Data is null)
            return Refusal.Malformed("data", "is required");
        if (request.Data.Count == 0)
            return Refusal.Unprocessable("data", "must have at least one line");
        var errors = new FieldErrors();
        for (var i = 0; i < request.Data.Count && !errors.IsFull; i++)
        {
            if (request.Data[i] is not { } line)
                errors.Add($"data[{i}]", "must be a string");
            else if (line.AsSpan().ContainsAny('\r', '\n'))
                errors.Add($"data[{i}]", "must be one line");
        }
        return errors.Any ? Refusal.Unprocessable(errors) : null;
    }
}
