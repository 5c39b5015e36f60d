using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;

namespace Standins.Tests.Dashboard;

public class DashboardOptionsTests
{
    [Fact]
    public void Without_configuration_everything_has_a_free_port_of_its_own_and_a_key_of_its_own()
    {
        var options = From([]);

        var urls = new[] { options.FrontendUrl!, options.OtlpGrpcUrl!, options.OtlpHttpUrl! }.Select(url => new Uri(url)).ToList();
        Assert.All(urls, url => Assert.Equal(("http", "127.0.0.1"), (url.Scheme, url.Host)));
        Assert.All(urls, url => Assert.InRange(url.Port, 20000, 32000));
        Assert.Equal(3, urls.Select(url => url.Port).Distinct().Count());
        var keys = new[] { options.BrowserToken, options.OtlpApiKey, options.ApiKey, options.ResourceServiceApiKey };
        Assert.All(keys, key => Assert.Equal(32, key.Length));
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal($"{options.FrontendUrl}/login?t={options.BrowserToken}", options.LoginUrl);
        Assert.Null(options.ConfiguredResourceServiceUrl);
    }

    [Theory]
    [InlineData("http://localhost:15080", "http://localhost:15080")]
    [InlineData("https://localhost:15443; http://localhost:15080/", "http://localhost:15080")]
    [InlineData("https://localhost:15443", "https://localhost:15443")]
    [InlineData("http://quiz.dev.localhost:15080", "http://quiz.dev.localhost:15080")]
    public void Page_is_where_the_application_host_is_told_that_it_is(string configured, string expected) =>
        Assert.Equal(expected, From(new() { ["ASPNETCORE_URLS"] = configured }).FrontendUrl);

    [Fact]
    public void Port_zero_is_a_free_port()
    {
        var options = From(new() { ["ASPNETCORE_URLS"] = "http://localhost:0" });

        Assert.InRange(new Uri(options.FrontendUrl!).Port, 20000, 32000);
    }

    [Theory]
    [InlineData("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:4317", null)]
    [InlineData("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", null, "http://localhost:4318")]
    public void Only_the_configured_telemetry_endpoint_is_there(string key, string? grpc, string? http)
    {
        var options = From(new() { [key] = grpc ?? http });

        Assert.Equal((grpc, http), (options.OtlpGrpcUrl, options.OtlpHttpUrl));
    }

    [Fact]
    public void Random_ports_overrule_every_configured_one()
    {
        var options = From(new()
        {
            ["DcpPublisher:RandomizePorts"] = "true",
            ["ASPNETCORE_URLS"] = "http://localhost:15080",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
            ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = "http://localhost:15081",
        });

        Assert.NotEqual(15080, new Uri(options.FrontendUrl!).Port);
        Assert.NotEqual(4317, new Uri(options.OtlpGrpcUrl!).Port);
        Assert.Null(options.ConfiguredResourceServiceUrl);
    }

    [Fact]
    public void Keys_can_be_given()
    {
        var options = From(new()
        {
            ["AppHost:BrowserToken"] = "browser", ["AppHost:OtlpApiKey"] = "otlp", ["AppHost:DashboardApiKey"] = "api",
        });

        Assert.Equal(("browser", "otlp", "api"), (options.BrowserToken, options.OtlpApiKey, options.ApiKey));
        Assert.Equal("environment", From(new() { ["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] = "environment" }).BrowserToken);
    }

    [Theory]
    [InlineData("QuizAspire.AppHost", "QuizAspire")]
    [InlineData("QuizAppHost", "Quiz")]
    [InlineData("AppHost", "AppHost")]
    [InlineData("Quiz", "Quiz")]
    public void Title_is_the_name_without_what_every_such_project_is_called(string name, string expected) =>
        Assert.Equal(expected, From(new() { ["AppHost:DashboardApplicationName"] = name }).ApplicationName);

    [Fact]
    public void Disabled_dashboard_has_no_addresses_and_writes_no_keys()
    {
        var options = DashboardOptions.From(new ConfigurationManager(), enabled: false);

        Assert.False(options.Enabled);
        Assert.Null(options.FrontendUrl);
        Assert.Null(options.OtlpGrpcUrl);
        Assert.Null(options.OtlpHttpUrl);
    }

    private static DashboardOptions From(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings);
        DashboardOptions.AddKeys(configuration);
        return DashboardOptions.From(configuration, enabled: true);
    }
}
