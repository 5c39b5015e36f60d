using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

#pragma warning disable CA5351 // MD5 is what the service's protocol has; it finds accidents, not attacks.

namespace Amazon.SQS.Internal;

/// <summary>Compares the digests that SQS reports with those of what was sent or received: a message garbled on its way is an error.</summary>
internal sealed class MessageIntegrity : PipelineHandler
{
    public override void InvokeSync(IExecutionContext executionContext)
    {
        base.InvokeSync(executionContext);
        Check(executionContext);
    }

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var response = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        Check(executionContext);
        return response;
    }

    private static void Check(IExecutionContext context)
    {
        switch (context.RequestContext.OriginalRequest, context.ResponseContext.Response)
        {
            case (SendMessageRequest sent, SendMessageResponse reported):
                // The real client lets an answer without digests pass here, and only here.
                if (!string.IsNullOrEmpty(sent.MessageBody) && !string.IsNullOrEmpty(reported.MD5OfMessageBody))
                {
                    CheckBody(sent.MessageBody, reported.MD5OfMessageBody, "");
                }

                CheckAttributes(sent.MessageAttributes, reported.MD5OfMessageAttributes, "");
                break;
            case (SendMessageBatchRequest sent, SendMessageBatchResponse { Successful: { } successful }):
                var entries = sent.Entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal);
                foreach (var reported in successful)
                {
                    CheckBody(entries[reported.Id].MessageBody, reported.MD5OfMessageBody, $" for message id {reported.MessageId}");
                    CheckAttributes(entries[reported.Id].MessageAttributes, reported.MD5OfMessageAttributes, $" for message id {reported.MessageId}");
                }

                break;
            case (_, ReceiveMessageResponse { Messages: { } messages }):
                foreach (var message in messages)
                {
                    CheckBody(message.Body, message.MD5OfBody, $" for message id {message.MessageId}");
                    CheckAttributes(message.MessageAttributes, message.MD5OfMessageAttributes, $" for message id {message.MessageId}");
                }

                break;
        }
    }

    private static void CheckBody(string body, string reported, string which)
    {
        if (!string.Equals(DigestOf(body), reported, StringComparison.OrdinalIgnoreCase))
        {
            throw new AmazonSQSException("MD5 hash mismatch" + which);
        }
    }

    private static void CheckAttributes(Dictionary<string, MessageAttributeValue> attributes, string reported, string which)
    {
        if (attributes is { Count: > 0 } && !string.IsNullOrEmpty(reported)
            && !string.Equals(DigestOf(attributes), reported, StringComparison.OrdinalIgnoreCase))
        {
            throw new AmazonSQSException("Attribute MD5 hash mismatch" + which);
        }
    }

    internal static string DigestOf(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));

    /// <summary>Names in ordinal order; name, type and value each behind its length (big endian), the value behind a byte for its kind too.</summary>
    internal static string DigestOf(Dictionary<string, MessageAttributeValue> attributes)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var (name, value) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            Append(Encoding.UTF8.GetBytes(name));
            Append(Encoding.UTF8.GetBytes(value.DataType));
            if (value.StringValue is not null)
            {
                digest.AppendData([1]);
                Append(Encoding.UTF8.GetBytes(value.StringValue));
            }
            else if (value.BinaryValue is not null)
            {
                digest.AppendData([2]);
                Append(value.BinaryValue.ToArray());
            }
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());

        void Append(byte[] bytes)
        {
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            digest.AppendData(length);
            digest.AppendData(bytes);
        }
    }
}
