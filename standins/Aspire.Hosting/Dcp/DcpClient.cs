using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Dcp;

/// <summary>DCP's REST interface, which has the shape of a Kubernetes one.</summary>
internal sealed class DcpClient : IDisposable
{
    private const string Api = "apis/usvc-dev.developer.microsoft.com/v1/";
    private static readonly MediaTypeHeaderValue MergePatch = new("application/merge-patch+json");

    private readonly HttpClient _http;

    public DcpClient(Uri server, string token, X509Certificate2 certificate)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        // Nothing but the certificate made for this run is trusted, whoever signed it.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null && presented.Equals(certificate);
        _http = new HttpClient(new ConnectionErrors(handler)) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task CreateAsync(Executable executable, CancellationToken ct) =>
        CreateAsync("executables", executable, DcpJsonContext.Default.Executable, ct);

    public Task CreateAsync(Service service, CancellationToken ct) => CreateAsync("services", service, DcpJsonContext.Default.Service, ct);

    public async Task<Executable?> GetExecutableAsync(string name, CancellationToken ct)
        => await GetAsync($"executables/{name}", DcpJsonContext.Default.Executable, ct).ConfigureAwait(false);

    public async Task<Service?> GetServiceAsync(string name, CancellationToken ct)
        => await GetAsync($"services/{name}", DcpJsonContext.Default.Service, ct).ConfigureAwait(false);

    public async Task StopExecutableAsync(string name, CancellationToken ct)
    {
        using var content = JsonContent.Create(new StopPatch(), DcpJsonContext.Default.StopPatch, MergePatch);
        using var response = await _http.PatchAsync($"{Api}executables/{name}", content, ct).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await EnsureSuccessAsync(response, ct).ConfigureAwait(false);
    }

    public async Task DeleteExecutableAsync(string name, CancellationToken ct)
    {
        using var response = await _http.DeleteAsync($"{Api}executables/{name}", ct).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await EnsureSuccessAsync(response, ct).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Executable>> ListExecutablesAsync(CancellationToken ct)
        => (await GetAsync("executables", DcpJsonContext.Default.ExecutableList, ct).ConfigureAwait(false))?.Items ?? [];

    /// <summary>Every process as it is now, then each change, until the connection ends.</summary>
    public async IAsyncEnumerable<WatchEvent<Executable>> WatchExecutablesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in ReadLinesAsync($"{Api}executables?watch=true", ct).ConfigureAwait(false))
        {
            if (JsonSerializer.Deserialize(line, DcpJsonContext.Default.WatchEventExecutable) is { Object: not null } change)
                yield return change;
        }
    }

    /// <param name="source">stdout, stderr, or system for what DCP itself says about the process.</param>
    public IAsyncEnumerable<string> ReadLogAsync(string executable, string source, bool follow, CancellationToken ct)
        => ReadLinesAsync($"{Api}executables/{executable}/log?source={source}&timestamps=true&follow={(follow ? "true" : "false")}", ct);

    public void Dispose() => _http.Dispose();

    private async Task CreateAsync<T>(string collection, T body, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var response = await _http.PostAsJsonAsync(Api + collection, body, type, ct).ConfigureAwait(false);
        await EnsureSuccessAsync(response, ct).ConfigureAwait(false);
    }

    private async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct) where T : class
    {
        using var response = await _http.GetAsync(Api + path, ct).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await EnsureSuccessAsync(response, ct).ConfigureAwait(false);
        return await response.Content.ReadFromJsonAsync(type, ct).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<string> ReadLinesAsync(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        await EnsureSuccessAsync(response, ct).ConfigureAwait(false);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false));
        while (await reader.ReadLineAsync(ct).ConfigureAwait(false) is { } line)
            yield return line;
    }

    private static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.IsSuccessStatusCode)
            return;
        var body = await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
        throw new DistributedApplicationException(
            $"DCP answered {(int)response.StatusCode} to "
                + $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}: {body}");
    }
}
