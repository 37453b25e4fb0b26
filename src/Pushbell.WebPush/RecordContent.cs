using System.Net;

namespace Pushbell.WebPush;

/// <summary>The body of a push request, which can be written only once.</summary>
/// <remarks>
/// The handler re-sends a request by itself, up to three times, when a stream is refused or a connection goes away (RFC 9113 §8.7).
/// One call here is one POST at most: whether and when to send again is the caller's decision.
/// </remarks>
internal sealed class RecordContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> record;
    private int written;

    public RecordContent(ReadOnlyMemory<byte> record)
    {
        this.record = record;
        // As they stand: typed values would be made, and written out, anew for each message.
        Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
        Headers.TryAddWithoutValidation("Content-Encoding", "aes128gcm");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref written, 1) == 0
            ? stream.WriteAsync(record, cancellationToken).AsTask()
            : Task.FromException(new ResendException());

    /// <summary>A known length, so that the body is never chunked (WNS refuses that).</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = record.Length;
        return true;
    }
}

/// <summary>The handler wanted to send a request again.</summary>
internal sealed class ResendException() : IOException("The request was not accepted and is not sent again by itself.");
