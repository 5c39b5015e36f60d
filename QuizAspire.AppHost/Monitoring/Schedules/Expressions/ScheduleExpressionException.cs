namespace QuizAspire.AppHost.Monitoring.Schedules.Expressions;

/// <summary>An expression or time zone that EventBridge Scheduler would refuse. The message names the field and is for the user.</summary>
internal sealed class ScheduleExpressionException(string message) : Exception(message);
