using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace QuizAspire.Tests.Api.Support;

/// <summary>
/// A client of the emulator's S3 that remembers what it was asked for and which multipart uploads are open, which the emulator does not tell; and
/// that does to a call what a test says.
/// </summary>
internal sealed class WatchedS3(string endpoint) : AmazonS3Client(
    new BasicAWSCredentials("local", "local"),
    new AmazonS3Config { ServiceURL = endpoint, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0, Timeout = TimeSpan.FromSeconds(10) })
{
    private readonly ConcurrentDictionary<string, string> _open = new();
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>Names of the writing calls, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Keys of multipart uploads that were begun, and neither completed nor aborted.</summary>
    public IReadOnlyList<string> Open => [.. _open.Values];

    /// <summary>Before a writing call of that name.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>After a writing call of that name, whose answer is lost when it throws.</summary>
    public Func<string, Task> After { get; set; } = _ => Task.CompletedTask;

    public override Task<PutObjectResponse> PutObjectAsync(PutObjectRequest request, CancellationToken cancellationToken = default) =>
        WatchAsync("PutObject", () => base.PutObjectAsync(request, cancellationToken), cancellationToken);

    public override Task<InitiateMultipartUploadResponse> InitiateMultipartUploadAsync(
        InitiateMultipartUploadRequest request, CancellationToken cancellationToken = default) =>
        WatchAsync(
            "InitiateMultipartUpload", () => base.InitiateMultipartUploadAsync(request, cancellationToken), cancellationToken,
            begun => _open[begun.UploadId] = request.Key);

    public override Task<UploadPartResponse> UploadPartAsync(UploadPartRequest request, CancellationToken cancellationToken = default) =>
        WatchAsync("UploadPart", () => base.UploadPartAsync(request, cancellationToken), cancellationToken);

    public override Task<CompleteMultipartUploadResponse> CompleteMultipartUploadAsync(
        CompleteMultipartUploadRequest request, CancellationToken cancellationToken = default) =>
        WatchAsync(
            "CompleteMultipartUpload", () => base.CompleteMultipartUploadAsync(request, cancellationToken), cancellationToken,
            _ => _open.TryRemove(request.UploadId, out var _));

    public override Task<AbortMultipartUploadResponse> AbortMultipartUploadAsync(
        string bucketName, string key, string uploadId, CancellationToken cancellationToken = default) =>
        WatchAsync(
            "AbortMultipartUpload", () => base.AbortMultipartUploadAsync(bucketName, key, uploadId, cancellationToken), cancellationToken,
            _ => _open.TryRemove(uploadId, out var _));

    public override Task<DeleteObjectResponse> DeleteObjectAsync(string bucketName, string key, CancellationToken cancellationToken = default) =>
        WatchAsync("DeleteObject", () => base.DeleteObjectAsync(bucketName, key, cancellationToken), cancellationToken);

    private async Task<T> WatchAsync<T>(string name, Func<Task<T>> call, CancellationToken cancellationToken, Action<T>? done = null)
    {
        _calls.Enqueue(name);
        await Before(name, cancellationToken);
        var answer = await call();
        done?.Invoke(answer);
        await After(name);
        return answer;
    }
}
