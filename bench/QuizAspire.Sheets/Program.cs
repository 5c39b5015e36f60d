using QuizAspire.Sheets;

const int ShownDifferences = 20;
const int DamagedLines = 100_000;

try
{
    var options = SheetsOptions.Parse(args);
    if (options.Read is { } sheet)
    {
        await Children.ReadAsync(sheet);
        return 0;
    }

    var path = options.File ?? Path.Combine(Path.GetTempPath(), $"quizaspire-sheet-{options.Lines}-{options.Seed}-{Environment.ProcessId}.csv");
    var damaged = Path.Combine(Path.GetTempPath(), $"quizaspire-damaged-{Environment.ProcessId}.csv");
    try
    {
        if (options.File is null)
            await new SheetMaker(options.Lines, options.Seed).WriteAsync(path);
        Console.WriteLine($"sheet   {new FileInfo(path).Length:N0} bytes, {File.ReadLines(path).LongCount():N0} lines; {options.Rounds} rounds");
        var race = new Race(path, options.Rounds);
        var python = await Children.PythonVersionAsync();
        Console.WriteLine($"python  {python ?? "is not there: nothing to compare with"}");
        if (python is not null)
            race.AddPython();
        await race.RunAsync();
        foreach (var line in race.Report())
            Console.WriteLine(line);

        var differences = race.Differences().ToList();
        Console.WriteLine(differences.Count == 0 ? "All readers agree on every number." : $"{differences.Count} numbers differ:");
        foreach (var difference in differences.Take(ShownDifferences))
            Console.Error.WriteLine(difference);
        var isRight = await new Damage(DamagedLines).RunAsync(damaged);
        return differences.Count == 0 && isRight ? 0 : 1;
    }
    finally
    {
        if (options.File is null)
            File.Delete(path);
        File.Delete(damaged);
    }
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(SheetsOptions.Usage);
    return 2;
}
catch (Exception wrong) when (wrong is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
