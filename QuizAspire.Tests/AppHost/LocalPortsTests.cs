using QuizAspire.AppHost;
using QuizAspire.AppHost.Backends;

namespace QuizAspire.Tests.AppHost;

public sealed class LocalPortsTests
{
    [Theory]
    [InlineData("Embedded", "the SQS, SNS and S3 emulator")]
    [InlineData("LocalStack", "LocalStack")]
    public void One_port_for_two_is_refused_with_both_names(string mode, string emulator)
    {
        var ports = LocalPorts.Random();
        var refused = Assert.Throws<LaunchException>(() => (ports with { Api = ports.SqsSnsS3 }).RequireFree(Enum.Parse<AwsMode>(mode)));

        Assert.Equal($"Port {ports.SqsSnsS3} is given to the API and {emulator}: each needs its own.", refused.Message);
    }

    [Fact]
    public void Port_of_an_emulator_that_does_not_run_is_the_apis_to_have()
    {
        var ports = LocalPorts.Random();

        Assert.Empty((ports with { Api = ports.SqsSnsS3 }).Taken(AwsMode.Endpoint));
    }
}
