namespace QuizAspire.AppHost.Embedded.Templates;

/// <summary>The template says something that cannot be read or resolved; the message names the place in it.</summary>
internal sealed class TemplateException(string message) : EmbeddedAwsException(message);
