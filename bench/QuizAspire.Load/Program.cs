using QuizAspire.Load;
using QuizAspire.Load.Api;
using QuizAspire.Load.Questions;

const int ShownViolations = 20;

try
{
    var options = LoadOptions.Parse(args);
    var file = TriviaParser.Parse(await File.ReadAllBytesAsync(options.Questions));
    Console.WriteLine($"questions    {file.Questions.Count} of {options.Questions}");
    Console.WriteLine($"             {file.Malformed.Count} malformed entries left out; {file.InvalidBytes} bytes were not UTF-8");
    foreach (var reason in file.Malformed.GroupBy(entry => entry.Reason))
        Console.WriteLine($"             {reason.Count()} times: {reason.Key} (first on line {reason.First().Line})");
    if (file.Questions.Count == 0)
        throw new FormatException($"{options.Questions} holds no question");

    // Of another run at another time than any before, so that its students and quizzes are new to a server that keeps its data.
    var run = Guid.CreateVersion7().ToString("N")[..12];
    var quizzes = LoadQuiz.Divide(file.Questions, options.QuestionsPerQuiz, run);
    Console.WriteLine($"run          {run}: {quizzes.Count} quizzes, {options.Submissions} submissions, "
        + $"{options.Connections} connections, seed {options.Seed}");
    var report = await new LoadRun(options, quizzes, run, TimeProvider.System).ExecuteAsync();
    foreach (var line in report.Lines())
        Console.WriteLine(line);
    foreach (var violation in report.Violations.Take(ShownViolations))
        Console.Error.WriteLine(violation);
    if (report.Violations.Count > ShownViolations)
        Console.Error.WriteLine($"... and {report.Violations.Count - ShownViolations} more");
    return report.Violations.Count == 0 ? 0 : 1;
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(LoadOptions.Usage);
    return 2;
}
catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or RefusedException or OperationCanceledException)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
