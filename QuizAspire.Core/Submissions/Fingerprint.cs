using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace QuizAspire.Core.Submissions;

/// <summary>SHA-256 over several parts, each with its length before it so that no two lists of parts read the same.</summary>
internal static class Fingerprint
{
    public static byte[] Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    public static string HexOf(params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(Of(parts));
}
