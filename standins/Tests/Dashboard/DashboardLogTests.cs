using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Logging;

namespace Standins.Tests.Dashboard;

public class DashboardLogTests
{
    [Theory]
    [InlineData(
        """2026-11-21T08:00:00.0000000Z {"EventId":1,"LogLevel":"Warning","Category":"Aspire.Dashboard.Model.Icons","Message":"No icon","State":{"a":1}}""",
        "Warning Aspire.Hosting.Dashboard.Model.Icons: No icon ")]
    [InlineData(
        """{"EventId":1,"LogLevel":"Error","Category":"Microsoft.AspNetCore.Server.Kestrel","Message":"Failed","Exception":"boom"}""",
        "Error Aspire.Hosting.Dashboard.ThirdParty.Microsoft.AspNetCore.Server.Kestrel: Failed\nboom ")]
    [InlineData("Error: address in use", "Error Aspire.Hosting.Dashboard.Process: Error: address in use ", true)]
    [InlineData("{ not JSON", "Information Aspire.Hosting.Dashboard.Process: { not JSON ")]
    public void Line_is_written_on_with_its_level_and_category(string line, string expected, bool isError = false)
    {
        using var captured = new CapturedLog();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(captured));

        new DashboardLog(factory).Write(line, isError);

        Assert.Equal([expected], captured.Lines);
    }

    [Fact]
    public void Exit_code_is_explained()
    {
        var options = new DashboardOptions { FrontendUrl = "http://localhost:15080", OtlpGrpcUrl = "http://localhost:4317" };

        Assert.Contains("http://localhost:15080, http://localhost:4317", DashboardExit.Explain(102, options), StringComparison.Ordinal);
        Assert.Contains("configuration", DashboardExit.Explain(101, options), StringComparison.Ordinal);
        Assert.Contains("139", DashboardExit.Explain(139, options), StringComparison.Ordinal);
        Assert.Contains("could not be started", DashboardExit.Explain(null, options), StringComparison.Ordinal);
    }
}
