using QuizAspire.AppHost;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>The system on an AWS that nobody here wrote: moto, provisioned through CloudFormation.</summary>
public sealed class EndpointSystem : QuizSystem
{
    private MotoServer? _moto;
    private bool _dashboard;

    public MotoServer Moto => _moto!;

    protected override string[] Arguments => ["--aws", "endpoint", "--endpoint-url", Moto.Url];

    protected override string[] Resources => [ResourceNames.Stack, ResourceNames.QuizProcessor, ResourceNames.StatisticsCalculator, ResourceNames.ResultNotifier, ResourceNames.Api];

    protected override string SqsUrl => Moto.Url;

    protected override string DynamoDbUrl => Moto.Url;

    protected override bool WithDashboard => _dashboard;

    /// <param name="prepare">Done to moto before the system starts.</param>
    /// <param name="healthy">Is everything waited for?</param>
    public static async Task<EndpointSystem> OnMotoAsync(Func<MotoServer, Task>? prepare = null, bool healthy = true, bool dashboard = false)
    {
        var system = new EndpointSystem { _moto = await MotoServer.StartAsync(), _dashboard = dashboard };
        try
        {
            if (prepare is not null)
                await prepare(system.Moto);
            await (healthy ? system.InitializeAsync() : system.StartAsync());
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_moto is not null)
            await _moto.DisposeAsync();
    }
}
