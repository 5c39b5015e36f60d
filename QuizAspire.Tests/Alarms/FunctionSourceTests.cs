using System.Net;
using System.Text.Json;
using QuizAspire.AppHost.Monitoring.Metrics;

namespace QuizAspire.Tests.Alarms;

/// <summary>Metrics of functions from counts that only ever grow, until the emulator starts anew.</summary>
public sealed class FunctionSourceTests : IDisposable
{
    private readonly CountsServer _server = new();
    private readonly HttpClient _http;
    private readonly FunctionSource _source;

    public FunctionSourceTests()
    {
        _http = new HttpClient(_server);
        _source = new FunctionSource(_http, () => "http://127.0.0.1:1");
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Function_that_is_not_called_has_no_values()
    {
        _server.Counts = Counts();
        await MeasureAsync();

        Assert.Empty(await MeasureAsync());
    }

    [Fact]
    public async Task What_was_counted_before_the_first_look_counts()
    {
        _server.Counts = Counts(invocations: 2, errors: 1, durations: [10, 20]);

        var values = await MeasureAsync();

        Assert.Equal(new StatisticSet(2, 2, 1, 1), values["Invocations"].Single());
        Assert.Equal(new StatisticSet(2, 1, 0, 1), values["Errors"].Single());
        Assert.Equal(new StatisticSet(2, 0, 0, 0), values["Throttles"].Single());
        Assert.Equal([10, 20], values["Duration"].Select(value => value.Sum));
        Assert.Equal(1, values["ConcurrentExecutions"].Single().Maximum);
    }

    [Fact]
    public async Task Only_the_difference_to_the_last_look_is_new()
    {
        _server.Counts = Counts(invocations: 10, errors: 3, durations: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        await MeasureAsync();
        _server.Counts = Counts(invocations: 12, errors: 4, throttles: 1, running: 1, durations: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

        var values = await MeasureAsync();

        Assert.Equal((2, 1, 1), (values["Invocations"].Single().Sum, values["Errors"].Single().Sum, values["Throttles"].Single().Sum));
        Assert.Equal(11, values["Duration"].Single().Sum);
    }

    [Fact]
    public async Task Error_of_an_invocation_that_began_before_is_an_error_of_one()
    {
        _server.Counts = Counts(invocations: 1, running: 1);
        await MeasureAsync();
        _server.Counts = Counts(invocations: 1, errors: 1, durations: [60_000]);

        var values = await MeasureAsync();

        Assert.Equal(new StatisticSet(1, 1, 1, 1), values["Errors"].Single());
        Assert.False(values.ContainsKey("Invocations"));
    }

    [Fact]
    public async Task Emulator_that_has_started_anew_counts_from_zero()
    {
        _server.Counts = Counts(invocations: 100, errors: 50);
        await MeasureAsync();
        _server.Counts = Counts(invocations: 3, errors: 1);

        var values = await MeasureAsync();

        Assert.Equal((3, 1), (values["Invocations"].Single().Sum, values["Errors"].Single().Sum));
    }

    [Fact]
    public async Task More_durations_than_are_listed_go_in_by_their_sum()
    {
        _server.Counts = Counts(invocations: 4) with { DurationCount = 4, DurationTotal = 100, RecentDurations = [30, 40] };

        var values = (await MeasureAsync())["Duration"].ToArray();

        Assert.Equal((4, 100), (values.Sum(value => value.SampleCount), values.Sum(value => value.Sum)));
        Assert.Equal(40, values.Max(value => value.Maximum));
    }

    [Fact]
    public async Task Emulator_without_counts_is_named_as_the_reason()
    {
        _server.Status = HttpStatusCode.NotFound;

        var problem = await Assert.ThrowsAsync<NotSupportedException>(MeasureAsync);

        Assert.Contains("no counts", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_emulator_is_up_nobody_asks_it()
    {
        using var http = new HttpClient(_server, disposeHandler: false);

        Assert.Empty(await new FunctionSource(http, () => null).MeasureAsync(CancellationToken.None));
        Assert.Equal(0, _server.Asked);
    }

    private static FunctionTotals Counts(long invocations = 0, long errors = 0, long throttles = 0, int running = 0, double[]? durations = null) =>
        new("quiz-processor", invocations, errors, throttles, running, durations?.Length ?? 0, durations?.Sum() ?? 0, durations ?? []);

    private async Task<Dictionary<string, List<StatisticSet>>> MeasureAsync()
    {
        var measurements = await _source.MeasureAsync(CancellationToken.None);
        Assert.All(measurements, one => Assert.Equal(("AWS/Lambda", "FunctionName=quiz-processor"), (one.Metric.Namespace, one.Metric.Dimensions)));
        return measurements.GroupBy(one => one.Metric.Name).ToDictionary(group => group.Key, group => group.Select(one => one.Values).ToList());
    }

    private sealed class CountsServer : HttpMessageHandler
    {
        public FunctionTotals Counts { get; set; } = FunctionTotals.None;

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            Assert.Equal("/lambda-runtime-api/functions", request.RequestUri!.AbsolutePath);
            var counts = JsonSerializer.Serialize([Counts], FunctionTotalsJson.Default.IReadOnlyListFunctionTotals);
            return Task.FromResult(new HttpResponseMessage(Status) { Content = new StringContent(counts, null, "application/json") });
        }
    }
}
