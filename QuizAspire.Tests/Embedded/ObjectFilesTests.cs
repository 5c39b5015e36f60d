using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Embedded;

/// <summary>What is large in a bucket of the emulator is in files, part by part, whether it is kept or not.</summary>
public sealed class ObjectFilesTests : IDisposable
{
    private const string Bucket = "sheets";
    private const int PartSize = 8 * 1024 * 1024;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("objects-");

    public void Dispose() => _directory.Delete(recursive: true);

    [LinuxFact]
    public async Task Large_object_is_read_back_whole_and_by_range_without_the_memory_of_its_size()
    {
        const int parts = 16;
        await using var emulator = await Emulator.StartAsync("fauxqs", scratchDirectory: _directory.FullName);
        using var clients = await ClientsAsync(emulator);
        var before = await ProcessMemory.PeakAsync(emulator.ProcessId);

        var etag = await UploadAsync(clients.S3, "large", parts);

        using var whole = await clients.S3.GetObjectAsync(Bucket, "large");
        Assert.Equal((etag, (long)parts * PartSize), (whole.ETag, whole.ContentLength));
        Assert.Equal(Expected(parts), Convert.ToHexString(await SHA256.HashDataAsync(whole.ResponseStream)));
        Assert.InRange(await ProcessMemory.PeakAsync(emulator.ProcessId) - before, 0, (long)parts * PartSize * 3 / 4);

        using var range = await clients.S3.GetObjectAsync(new GetObjectRequest
        {
            BucketName = Bucket,
            Key = "large",
            ByteRange = new ByteRange(PartSize - 2, PartSize + 1),
            EtagToMatch = etag,
        });
        using var bytes = new MemoryStream();
        await range.ResponseStream.CopyToAsync(bytes);
        Assert.Equal([.. Part(1)[^2..], .. Part(2)[..2]], bytes.ToArray());
    }

    [Fact]
    public async Task Files_of_what_is_deleted_replaced_or_aborted_are_gone_and_all_with_the_process()
    {
        await using var emulator = await Emulator.StartAsync("fauxqs", scratchDirectory: _directory.FullName);
        using var clients = await ClientsAsync(emulator);

        await UploadAsync(clients.S3, "replaced", 2);
        await UploadAsync(clients.S3, "replaced", 1);
        await UploadAsync(clients.S3, "deleted", 1);
        await clients.S3.DeleteObjectAsync(Bucket, "deleted");
        var (upload, _) = await BeginAsync(clients.S3, "aborted", 1);
        await clients.S3.AbortMultipartUploadAsync(Bucket, "aborted", upload);
        await clients.S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "small", ContentBody = "small" });

        Assert.Single(Files());
        Assert.Equal(0, await emulator.TerminateAsync());
        Assert.Empty(_directory.GetFileSystemInfos());
    }

    [Fact]
    public async Task Files_of_a_killed_process_are_deleted_by_the_next()
    {
        await using (var killed = await Emulator.StartAsync("fauxqs", scratchDirectory: _directory.FullName))
        {
            using var clients = await ClientsAsync(killed);
            await UploadAsync(clients.S3, "left", 1);
            await killed.KillAsync();
        }

        Assert.Single(Files());
        await using var next = await Emulator.StartAsync("fauxqs", scratchDirectory: _directory.FullName);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Kept_objects_and_uploads_outlive_a_kill()
    {
        string upload;
        PartETag[] parts;
        await using (var killed = await Emulator.StartAsync("fauxqs", _directory.FullName))
        {
            using var before = await ClientsAsync(killed);
            await UploadAsync(before.S3, "kept", 2);
            await before.S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "small", ContentBody = "small" });
            (upload, parts) = await BeginAsync(before.S3, "begun", 2);
            await killed.KillAsync();
        }

        var abandoned = Path.Combine(Files()[0].DirectoryName!, "abandoned");
        await File.WriteAllTextAsync(abandoned, "of a part that was never confirmed");
        await using var next = await Emulator.StartAsync("fauxqs", _directory.FullName);
        using var clients = new EmulatorClients(new EmulatorAddresses(next.Port, 1));
        await clients.S3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = Bucket, Key = "begun", UploadId = upload, PartETags = [.. parts] });

        foreach (var key in (string[])["kept", "begun"])
        {
            using var answer = await clients.S3.GetObjectAsync(Bucket, key);
            Assert.Equal(Expected(2), Convert.ToHexString(await SHA256.HashDataAsync(answer.ResponseStream)));
        }

        using var small = new StreamReader((await clients.S3.GetObjectAsync(Bucket, "small")).ResponseStream);
        Assert.Equal("small", await small.ReadToEndAsync());
        Assert.False(File.Exists(abandoned));
    }

    /// <summary>The names of files follow from no key: one that climbs out of its directory stays a name.</summary>
    [Fact]
    public async Task Key_that_looks_like_a_path_is_a_name()
    {
        await using var emulator = await Emulator.StartAsync("fauxqs", scratchDirectory: _directory.FullName);
        using var clients = await ClientsAsync(emulator);

        await UploadAsync(clients.S3, "../../climbed", 1);

        var listed = await clients.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });
        Assert.Equal("../../climbed", Assert.Single(listed.S3Objects).Key);
        Assert.Equal(Path.Combine(Assert.Single(_directory.GetDirectories()).FullName, "files"), Assert.Single(Files()).DirectoryName);
    }

    [Fact]
    public async Task Object_may_be_empty()
    {
        await using var emulator = await Emulator.StartAsync("fauxqs", scratchDirectory: _directory.FullName);
        using var clients = await ClientsAsync(emulator);

        await clients.S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "empty", ContentBody = "" });

        Assert.Equal(0, (await clients.S3.GetObjectMetadataAsync(Bucket, "empty")).ContentLength);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://pages.example", false)]
    [InlineData("http://127.0.0.1.pages.example", false)]
    [InlineData("null", false)]
    public async Task Page_may_upload_parts_and_read_their_etags_if_it_is_of_this_machine(string origin, bool may)
    {
        await using var emulator = await Emulator.StartAsync("fauxqs", scratchDirectory: _directory.FullName);
        using var clients = await ClientsAsync(emulator);
        using var http = new HttpClient();
        var url = $"http://127.0.0.1:{emulator.Port}/{Bucket}/page";

        using var preflight = new HttpRequestMessage(HttpMethod.Options, url)
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "PUT" }, { "Access-Control-Request-Headers", "content-type" } },
        };
        using var allowed = await http.SendAsync(preflight);
        using var put = new HttpRequestMessage(HttpMethod.Put, url) { Headers = { { "Origin", origin } }, Content = new ByteArrayContent([1, 2, 3]) };
        using var stored = await http.SendAsync(put);

        Assert.Equal(may, allowed.StatusCode == HttpStatusCode.NoContent);
        foreach (var answer in (HttpResponseMessage[])[allowed, stored])
            Assert.Equal(may ? [origin] : [], Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(may ? ["content-type"] : [], Header(allowed, "Access-Control-Allow-Headers"));
        Assert.Equal(may ? ["ETag"] : [], Header(stored, "Access-Control-Expose-Headers"));
        Assert.NotNull(stored.Headers.ETag);

        static IEnumerable<string> Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values : [];
    }

    private FileInfo[] Files() =>
        [.. _directory.GetFiles("*", SearchOption.AllDirectories).Where(file => file.Directory!.Name == "files")];

    private static async Task<EmulatorClients> ClientsAsync(Emulator emulator)
    {
        var clients = new EmulatorClients(new EmulatorAddresses(emulator.Port, 1));
        await clients.S3.PutBucketAsync(Bucket);
        return clients;
    }

    private static async Task<string> UploadAsync(IAmazonS3 s3, string key, int parts)
    {
        var (upload, sent) = await BeginAsync(s3, key, parts);
        var completed = await s3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = Bucket, Key = key, UploadId = upload, PartETags = [.. sent] });
        return completed.ETag;
    }

    private static async Task<(string Upload, PartETag[] Parts)> BeginAsync(IAmazonS3 s3, string key, int parts)
    {
        var upload = (await s3.InitiateMultipartUploadAsync(Bucket, key)).UploadId;
        var sent = new List<PartETag>();
        for (var number = 1; number <= parts; number++)
        {
            using var bytes = new MemoryStream(Part(number));
            var part = await s3.UploadPartAsync(
                new UploadPartRequest { BucketName = Bucket, Key = key, UploadId = upload, PartNumber = number, InputStream = bytes });
            sent.Add(new PartETag(number, part.ETag));
        }

        return (upload, [.. sent]);
    }

    private static byte[] Part(int number)
    {
        var bytes = new byte[PartSize];
        new Random(number).NextBytes(bytes);
        return bytes;
    }

    private static string Expected(int parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var number = 1; number <= parts; number++)
            hash.AppendData(Part(number));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
