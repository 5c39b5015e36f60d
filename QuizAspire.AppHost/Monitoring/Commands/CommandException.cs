namespace QuizAspire.AppHost.Monitoring.Commands;

/// <summary>A command could not be carried out, for the reason that is told to whoever gave it.</summary>
internal sealed class CommandException(string message) : Exception(message);
