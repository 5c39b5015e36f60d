using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Scoring;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Core;

/// <summary>Scoring against the function that it must equal, run by Python.</summary>
public sealed class SeedScoringTests
{
    // calculate_score is the seed's as it stands; the rest feeds it: one case in, one score out, as Python prints it.
    private const string Seed = """
        import json, sys

        def calculate_score(student_answers, correct_answers):
            if not correct_answers:
                return 0

            correct_count = 0
            for question_id, student_answer in student_answers.items():
                if question_id in correct_answers and student_answer == correct_answers[question_id]:
                    correct_count += 1

            score = (correct_count / len(correct_answers)) * 100
            return round(score, 2)

        for line in sys.stdin:
            case = json.loads(line)
            print(calculate_score(case['answers'], case['key']), len(case['key']))
        """;

    [PythonFact]
    public async Task Scores_equal_the_seeds_for_every_share_of_up_to_200_questions()
    {
        var cases = from total in Enumerable.Range(1, 200) from correct in Enumerable.Range(0, total + 1) select (correct, total);
        var lines = cases.Select(share => CaseOf(
            Sheet(Enumerable.Range(0, share.total), question => question < share.correct ? "1" : "0"),
            Sheet(Enumerable.Range(0, share.total), _ => "1")));

        await AssertEqualsSeedAsync([.. lines]);
    }

    [PythonFact]
    public async Task Scores_equal_the_seeds_at_every_tie_of_up_to_800_questions()
    {
        // Where the true percentage lies half way between two hundredths, which is where binary and decimal arithmetic part.
        var ties = from total in Enumerable.Range(1, 800)
                   from correct in Enumerable.Range(0, total + 1)
                   where correct * 20_000 % total == 0 && correct * 10_000 % total != 0
                   select (correct, total);
        Assert.Contains((23, 160), ties);

        var lines = ties.Select(share => CaseOf(
            Sheet(Enumerable.Range(0, share.total), question => question < share.correct ? "1" : "0"),
            Sheet(Enumerable.Range(0, share.total), _ => "1")));

        await AssertEqualsSeedAsync([.. lines]);
    }

    [PythonFact]
    public async Task Scores_equal_the_seeds_for_random_answers_and_keys()
    {
        var pairs = JsonGen.ObjectPairs.Generator.Sample(4000, 12);

        await AssertEqualsSeedAsync([.. pairs.Select(pair => CaseOf(pair.Item1, pair.Item2))]);
    }

    private static string Sheet(IEnumerable<int> questions, Func<int, string> answer) =>
        $"{{{string.Join(",", questions.Select(question => $"\"q{question}\":{answer(question)}"))}}}";

    private static string CaseOf(string answers, string key) => $"{{\"answers\":{answers},\"key\":{key}}}";

    private static async Task AssertEqualsSeedAsync(IReadOnlyList<string> cases)
    {
        var seed = await RunSeedAsync(cases);
        Assert.Equal(cases.Count, seed.Count);
        for (var i = 0; i < cases.Count; i++)
        {
            var sheet = JsonElement.Parse(cases[i]);
            var score = ScoreCalculator.Calculate(sheet.GetProperty("answers"), AnswerKey.From(sheet.GetProperty("key")));
            var expected = seed[i].Split(' ');
            var inSeed = new Score(decimal.Parse(expected[0], CultureInfo.InvariantCulture), int.Parse(expected[1], CultureInfo.InvariantCulture));
            Assert.True(score == inSeed, $"{cases[i]} scored {score}, and {inSeed} in the seed");
        }
    }

    private static async Task<IReadOnlyList<string>> RunSeedAsync(IReadOnlyList<string> cases)
    {
        using var process = Process.Start(new ProcessStartInfo(PythonFactAttribute.Python, ["-X", "utf8", "-c", Seed])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (var line in cases)
            await process.StandardInput.WriteAsync(line + "\n");
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
