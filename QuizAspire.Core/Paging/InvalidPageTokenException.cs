namespace QuizAspire.Core.Paging;

/// <summary>The page token was not made by this listing.</summary>
public sealed class InvalidPageTokenException() : Exception("The page token is not one that this listing returned.");
