using System.Globalization;

namespace QuizAspire.Core.DeadLetters;

/// <summary>Entries of a batch are named by their position.</summary>
internal static class BatchEntry
{
    public static string Id(int index) => index.ToString(CultureInfo.InvariantCulture);

    public static int Index(string id) => int.Parse(id, CultureInfo.InvariantCulture);
}
