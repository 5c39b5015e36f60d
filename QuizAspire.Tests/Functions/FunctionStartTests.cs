using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

[Collection(UsesDynamo.Name)]
public sealed class FunctionStartTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private QuizProcessorRig _rig = null!;

    public async Task InitializeAsync() => _rig = await QuizProcessorRig.CreateAsync(dynamo);

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [InlineData("QUIZASPIRE_FUNCTION")]
    [InlineData("AWS_LAMBDA_RUNTIME_API")]
    [InlineData("QUIZASPIRE_MAX_RECEIVE_COUNT")]
    [InlineData("AWS__Resources__DynamodbTableName")]
    [InlineData("AWS__Resources__QuizzesTableName")]
    public async Task A_missing_variable_ends_the_process_with_its_name(string variable)
    {
        _rig.Environment.Remove(variable);
        var function = _rig.StartFunction();

        Assert.Equal(1, await function.ExitCodeAsync());
        Assert.Contains("The function cannot start", function.Output, StringComparison.Ordinal);
        Assert.Contains(variable, function.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_defect_of_the_configuration_is_reported_to_lambda_as_an_initialization_error()
    {
        _rig.Environment.Remove("AWS__Resources__DynamodbTableName");
        _rig.StartFunction();

        var error = await _rig.InitializationError.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("AWS:Resources:DynamodbTableName", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QUIZASPIRE_FUNCTION", "no-such-function", "quiz-processor")]
    [InlineData("QUIZASPIRE_MAX_RECEIVE_COUNT", "0", "QUIZASPIRE_MAX_RECEIVE_COUNT")]
    [InlineData("QUIZASPIRE_MAX_RECEIVE_COUNT", "three", "QUIZASPIRE_MAX_RECEIVE_COUNT")]
    public async Task A_value_that_makes_no_sense_ends_the_process_and_says_what_would(string variable, string value, string told)
    {
        _rig.Environment[variable] = value;
        var function = _rig.StartFunction();

        Assert.Equal(1, await function.ExitCodeAsync());
        Assert.Contains(told, function.Output, StringComparison.Ordinal);
    }
}
