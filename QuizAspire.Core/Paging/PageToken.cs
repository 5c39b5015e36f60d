using System.Buffers.Text;
using System.Text;

namespace QuizAspire.Core.Paging;

/// <summary>The sort position after which a listing goes on, in base64url. What it decodes to is for each listing to check.</summary>
internal static class PageToken
{
    private const int MaxLength = 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Encode(string position) => Base64Url.EncodeToString(Strict.GetBytes(position));

    /// <exception cref="InvalidPageTokenException">It is not what <see cref="Encode"/> makes.</exception>
    public static string Decode(string token)
    {
        if (token.Length is 0 or > MaxLength)
            throw new InvalidPageTokenException();

        try
        {
            var position = Strict.GetString(Base64Url.DecodeFromChars(token));
            if (Encode(position) == token)
                return position;
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            throw new InvalidPageTokenException();
        }

        throw new InvalidPageTokenException();
    }
}
