namespace QuizAspire.Functions;

internal sealed class FunctionSettingsException(string message) : Exception(message);
