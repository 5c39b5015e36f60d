namespace Amazon.Lambda.Core;

/// <summary>The function's log for code that has no context at hand. Until the bootstrap takes over it is plain console output.</summary>
public static class LambdaLogger
{
    private static Action<string, Exception, string> s_write = (level, exception, message) =>
    {
        Console.WriteLine($"{level}: {message}");
        if (exception is not null)
            Console.WriteLine(exception);
    };

    /// <param name="args">Nothing here fills a template: what is logged has been formatted by its caller.</param>
    public static void Log(LogLevel level, string message, params object[] args) => s_write(level.ToString(), null, message);

    /// <inheritdoc cref="Log(LogLevel, string, object[])"/>
    public static void Log(LogLevel level, Exception exception, string message, params object[] args) =>
        s_write(level.ToString(), exception, message);

    internal static void RedirectTo(Action<string, Exception, string> write) => s_write = write;
}
