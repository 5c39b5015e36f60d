using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using QuizAspire.Core.Quizzes;
using QuizAspire.TelemetryBench.Processes;

namespace QuizAspire.TelemetryBench;

/// <summary>The API, to which submissions are posted over several connections.</summary>
internal sealed class ApiTarget : ITarget
{
    public const string Service = "api";

    private const int Connections = 16;

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, ActivityHeadersPropagator = null });
    private readonly Child _process;
    private readonly Load _load;
    private readonly Emulators _emulators;
    private readonly string _queueUrl;

    private ApiTarget(Variant variant, Child process, string address, Emulators emulators, string queueUrl)
    {
        (Variant, _process, _load, _emulators, _queueUrl) = (variant, process, new Load(variant), emulators, queueUrl);
        _http.BaseAddress = new Uri(address);
    }

    public Variant Variant { get; }

    public TimeSpan Processor => _process.Processor;

    public long Resident => _process.Resident;

    public static async Task<ApiTarget> StartAsync(Variant variant, Emulators emulators, IReadOnlyDictionary<string, string> telemetry)
    {
        var environment = await emulators.CreateWorldAsync();
        await new QuizStore(emulators.DynamoDb, environment["AWS__Resources__QuizzesTableName"], TimeProvider.System).SaveAsync(Load.Quiz, CancellationToken.None);
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Repository.FreePort()}");
        environment["ASPNETCORE_URLS"] = address;
        environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var assembly = Repository.AssemblyOf("QuizAspire.Api", variant.Root);
        // Its content root, where its settings are.
        var process = Child.StartAssembly(assembly, environment.Concat(telemetry), $"--contentRoot={Path.GetDirectoryName(assembly)}").Muted();
        var target = new ApiTarget(variant, process, address, emulators, environment["AWS__Resources__SqsQueueUrl"]);
        await target._http.AnswersAsync($"{address}/alive");
        return target;
    }

    public async Task<IReadOnlyList<TimeSpan>> RunAsync(int submissions)
    {
        var bodies = Enumerable.Range(0, submissions).Select(_ => _load.Submission()).ToList();
        var times = new ConcurrentBag<TimeSpan>();
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (body, cancellationToken) =>
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var started = TimeProvider.System.GetTimestamp();
            using var answer = await _http.PostAsync("/submissions", content, cancellationToken);
            times.Add(TimeProvider.System.GetElapsedTime(started));
            if (answer.StatusCode != HttpStatusCode.Accepted)
                throw new InvalidDataException($"{Variant.Name}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        });
        await _emulators.EmptyAsync(_queueUrl);
        return [.. times];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }
}
