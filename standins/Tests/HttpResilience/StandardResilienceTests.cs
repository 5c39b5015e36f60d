using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

#pragma warning disable EXTEXP0001 // the experimental part is tested too

namespace Standins.Tests.HttpResilience;

public sealed class StandardResilienceTests
{
    [Fact]
    public void The_defaults_are_the_packages_own()
    {
        var options = new HttpStandardResilienceOptions();

        Assert.Equal(TimeSpan.FromSeconds(30), options.TotalRequestTimeout.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(10), options.AttemptTimeout.Timeout);
        Assert.Equal((3, TimeSpan.FromSeconds(2), DelayBackoffType.Exponential, true, true), (
            options.Retry.MaxRetryAttempts, options.Retry.Delay, options.Retry.BackoffType, options.Retry.UseJitter, options.Retry.ShouldRetryAfterHeader));
        Assert.Equal((0.1, 100, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5)), (
            options.CircuitBreaker.FailureRatio, options.CircuitBreaker.MinimumThroughput, options.CircuitBreaker.SamplingDuration,
            options.CircuitBreaker.BreakDuration));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(429)]
    public async Task A_transient_answer_is_asked_for_again(int status)
    {
        await using var server = await StubServer.StartAsync((http, number) => Answer(http, number < 3 ? status : 200));
        await using var services = Services();

        using var answer = await ClientOf(services).GetAsync(server.Url);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task An_answer_that_would_be_the_same_again_is_not(int status)
    {
        await using var server = await StubServer.StartAsync((http, _) => Answer(http, status));
        await using var services = Services();

        using var answer = await ClientOf(services).GetAsync(server.Url);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_last_answer_is_the_callers_when_retries_are_used_up()
    {
        await using var server = await StubServer.StartAsync((http, _) => Answer(http, 503));
        await using var services = Services();

        using var answer = await ClientOf(services).GetAsync(server.Url);

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task What_may_have_taken_effect_is_not_sent_again_when_told_so_whether_it_was_answered_or_cut_off()
    {
        await using var server = await StubServer.StartAsync((http, number) =>
        {
            if (number == 2)
                http.Abort();
            return Answer(http, 503);
        });
        await using var services = Services(options => options.Retry.DisableForUnsafeHttpMethods());
        var client = ClientOf(services);

        using var answer = await client.PostAsync(server.Url, new StringContent("1"));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(server.Url, new StringContent("2")));

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal(["1", "2"], server.Requests.Select(request => request.Body));
        using var read = await client.GetAsync(server.Url);
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task The_servers_own_pause_is_kept()
    {
        await using var server = await StubServer.StartAsync((http, number) =>
        {
            http.Response.Headers.RetryAfter = "0";
            return Answer(http, number == 1 ? 503 : 200);
        });
        // The computed pause would be longer than all attempts may take.
        await using var services = Services(options => (options.Retry.Delay, options.Retry.MaxRetryAttempts) = (TimeSpan.FromSeconds(29), 1));

        using var answer = await ClientOf(services).GetAsync(server.Url);

        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_given_up_and_the_next_may_do_better()
    {
        await using var server = await StubServer.StartAsync((http, number) => number == 1 ? Hang(http) : Answer(http, 200));
        await using var services = Services(options => options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(300));

        using var answer = await ClientOf(services).GetAsync(server.Url);

        Assert.Equal(200, (int)answer.StatusCode);
        // On a busy machine the second may take too long as well.
        Assert.InRange(server.Requests.Count, 2, 4);
    }

    [Fact]
    public async Task All_attempts_together_have_a_limit()
    {
        await using var server = await StubServer.StartAsync((http, _) => Hang(http));
        await using var services = Services(options =>
            options.TotalRequestTimeout.Timeout = options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => ClientOf(services).GetAsync(server.Url));
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_left_alone_by_all_clients_of_the_name()
    {
        await using var server = await StubServer.StartAsync((http, _) => Answer(http, 500));
        await using var services = Services(options =>
        {
            options.Retry.MaxRetryAttempts = 1;
            options.CircuitBreaker.MinimumThroughput = 4;
        });
        for (var request = 0; request < 2; request++)
            (await ClientOf(services).GetAsync(server.Url)).Dispose();

        await Assert.ThrowsAsync<BrokenCircuitException>(() => ClientOf(services).GetAsync(server.Url));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task No_more_than_a_thousand_requests_are_under_way()
    {
        var release = new TaskCompletionSource();
        await using var services = Services(primary: new Held(release.Task));
        var client = ClientOf(services);
        var requests = Enumerable.Range(0, 1000).Select(_ => client.GetAsync("http://127.0.0.1:1/")).ToList();

        await Assert.ThrowsAnyAsync<ExecutionRejectedException>(() => client.GetAsync("http://127.0.0.1:1/"));

        release.SetResult();
        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(200, (int)answer.StatusCode));
    }

    [Fact]
    public async Task The_defaults_of_all_clients_can_have_it()
    {
        await using var server = await StubServer.StartAsync((http, number) => Answer(http, number < 2 ? 503 : 200));
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler(Quick));
        services.AddHttpClient("any");
        await using var provider = services.BuildServiceProvider();

        using var answer = await provider.GetRequiredService<IHttpClientFactory>().CreateClient("any").GetAsync(server.Url);

        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Times_that_contradict_each_other_are_errors()
    {
        Assert.Throws<OptionsValidationException>(() => Built(options => options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(31)));
        Assert.Throws<OptionsValidationException>(() => Built(options => options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(19)));
        Assert.Throws<OptionsValidationException>(() => Built(options => options.Retry.Delay = TimeSpan.FromSeconds(5)));
        await using var good = Services();
        Assert.NotNull(ClientOf(good));

        static void Built(Action<HttpStandardResilienceOptions> configure)
        {
            var services = new ServiceCollection();
            services.AddHttpClient("tested").AddStandardResilienceHandler(configure);
            using var provider = services.BuildServiceProvider();
            ClientOf(provider).Dispose();
        }
    }

    private static ServiceProvider Services(Action<HttpStandardResilienceOptions>? configure = null, HttpMessageHandler? primary = null)
    {
        var services = new ServiceCollection();
        var client = services.AddHttpClient("tested");
        client.AddStandardResilienceHandler(Quick + configure);
        if (primary is not null)
            client.ConfigurePrimaryHttpMessageHandler(() => primary);
        return services.BuildServiceProvider();
    }

    private static void Quick(HttpStandardResilienceOptions options) => options.Retry.Delay = TimeSpan.FromMilliseconds(1);

    private static HttpClient ClientOf(IServiceProvider services) => services.GetRequiredService<IHttpClientFactory>().CreateClient("tested");

    private static Task Answer(HttpContext http, int status)
    {
        if (!http.RequestAborted.IsCancellationRequested)
            http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static async Task Hang(HttpContext http)
    {
        var aborted = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }

    private sealed class Held(Task release) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await release.WaitAsync(cancellationToken);
            return new HttpResponseMessage { RequestMessage = request };
        }
    }
}
