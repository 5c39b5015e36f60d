using QuizAspire.AppHost;

namespace QuizAspire.Tests.AppHost;

public sealed class LaunchOptionsTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Nothing_given_is_a_fresh_run_on_the_ports_that_the_readme_names()
    {
        var options = Parsed();

        Assert.Equal(LocalPorts.Default, options.Ports);
        Assert.Empty(options.Parameters);
        Assert.Null(options.DataDirectory(new ProjectFolders("/repository/apphost")));
    }

    [Fact]
    public void Given_port_wins_over_random_ones()
    {
        var ports = Parsed("--ports", "random", "--api-port", "5099").Ports;

        Assert.Equal(5099, ports.Api);
        Assert.Equal(4, new HashSet<int> { ports.Api, ports.Dashboard, ports.SqsSnsS3, ports.DynamoDb }.Count);
        Assert.DoesNotContain(ports.Dashboard, new[] { LocalPorts.Default.Dashboard, 5099 });
    }

    [Fact]
    public void Given_port_moves_that_port_alone() =>
        Assert.Equal(LocalPorts.Default with { DynamoDb = 8001 }, Parsed("--dynamodb-port", "8001").Ports);

    [Fact]
    public void Parameters_are_read_by_name() => Assert.Equal(
        new Dictionary<string, string> { ["A"] = "1", ["B"] = "x=y" },
        Parsed("--parameter", "A=1", "--parameter", "B=x=y").Parameters);

    [Fact]
    public void Kept_data_is_where_it_was_said()
    {
        var folders = new ProjectFolders("/repository/apphost");

        Assert.Equal(folders.Data, Parsed("--data", "keep").DataDirectory(folders));
        Assert.Equal(Path.GetFullPath("elsewhere"), Parsed("--data", "keep", "--data-directory", "elsewhere").DataDirectory(folders));
    }

    [Theory]
    [InlineData("--parameter A is given twice", "--parameter", "A=1", "--parameter", "A=2")]
    [InlineData("takes NAME=VALUE, not 'A'", "--parameter", "A")]
    [InlineData("give --data keep with it", "--data-directory", "elsewhere")]
    [InlineData("give --data keep with it", "--data", "fresh", "--data-directory", "elsewhere")]
    [InlineData("--api-port must be from 1 to 65535", "--api-port", "0")]
    [InlineData("--api-port must be from 1 to 65535", "--ports", "random", "--api-port", "70000")]
    [InlineData("'some'", "--data", "some")]
    [InlineData("Unknown option '--prots'", "--prots", "random")]
    public void Wrong_command_line_is_told_and_ends_with_2(string told, params string[] args)
    {
        Assert.Null(LaunchOptions.Parse(args, out var exitCode, _output, _error));

        Assert.Equal(2, exitCode);
        Assert.Contains(told, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_lists_the_options_and_ends_with_0()
    {
        Assert.Null(LaunchOptions.Parse(["--help"], out var exitCode, _output, _error));

        Assert.Equal(0, exitCode);
        Assert.Contains("--data-directory", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("5080", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _error.ToString());
    }

    [Theory]
    [InlineData("--Logging:LogLevel:Default=Debug")]
    [InlineData("--environment=Development")]
    public void Setting_of_aspires_own_is_let_through(string setting) => Assert.Equal(LocalPorts.Default, Parsed(setting).Ports);

    private LaunchOptions Parsed(params string[] args)
    {
        var options = LaunchOptions.Parse(args, out var exitCode, _output, _error);
        Assert.Equal(("", 0), (_error.ToString(), exitCode));
        Assert.NotNull(options);
        return options;
    }
}
