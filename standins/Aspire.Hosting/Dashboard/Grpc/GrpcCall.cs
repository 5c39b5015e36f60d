using System.Globalization;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Aspire.Hosting.Dashboard.Grpc;

/// <summary>One call: its request message, its response messages, and the trailers with which it ends.</summary>
internal sealed class GrpcCall(HttpContext context, CancellationToken cancellationToken)
{
    /// <summary>Cancelled when the client gives the call up, its deadline passes or the server stops.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    public Task<T> ReadRequestAsync<T>(MessageParser<T> parser)
        where T : IMessage<T> =>
        GrpcFraming.ReadSingleAsync(context.Request.BodyReader, parser, context.Request.Headers.ContainsKey("grpc-encoding"), CancellationToken);

    /// <summary>Sends the response's headers, for which a client waits before it believes that the method exists.</summary>
    public Task StartAsync() => context.Response.BodyWriter.FlushAsync(CancellationToken).AsTask();

    /// <summary>Sends one message; a client that reads slowly slows this down.</summary>
    public async Task WriteAsync(IMessage message)
    {
        GrpcFraming.Write(context.Response.BodyWriter, message);
        var flushed = await context.Response.BodyWriter.FlushAsync(CancellationToken);
        if (flushed.IsCompleted)
            throw new OperationCanceledException("The client has closed the call.");
    }

    /// <summary>Takes the limits off a request body that stays open and idle for as long as the client lives.</summary>
    public void AllowIdleRequestBody()
    {
        // Kestrel would take a silent body for a slow attacker's, and reset the stream after about six seconds.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
    }

    /// <summary>Reads the request body to its end and forgets it.</summary>
    public Task DrainRequestAsync() => context.Request.Body.CopyToAsync(Stream.Null, CancellationToken);

    public void End(GrpcStatus status, string message = "")
    {
        context.Response.AppendTrailer("grpc-status", ((int)status).ToString(CultureInfo.InvariantCulture));
        if (message.Length > 0)
            context.Response.AppendTrailer("grpc-message", PercentEncode(message));
    }

    /// <summary>The specification's encoding of a status message: printable ASCII but for the percent sign stays as it is.</summary>
    internal static string PercentEncode(string message)
    {
        var encoded = new StringBuilder(message.Length);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            if (value is >= 0x20 and <= 0x7E and not (byte)'%')
                encoded.Append((char)value);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return encoded.ToString();
    }
}
