namespace Aspire.Hosting.ApplicationModel;

/// <param name="LineNumber">Counts from 1 for each instance of a resource.</param>
/// <param name="Content">The text, after an ISO 8601 time stamp and a space.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
