using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Pushbell.LocalPushService.PushResource;

/// <summary>One connection's reading of a <see cref="Mailbox"/>. It ends with <see cref="Mailbox.Close"/>.</summary>
internal sealed class MailboxReader(Mailbox mailbox)
{
    // Holds at most one hint that there is something to take; the messages themselves stay in the mailbox.
    private readonly Channel<bool> hints = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Messages as they come, until cancelled or until a newer connection reads instead.</summary>
    public async IAsyncEnumerable<PushMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            while (mailbox.Take(this) is { } message)
                yield return message;
        }
        while (await hints.Reader.WaitToReadAsync(cancellationToken) && hints.Reader.TryRead(out _));
    }

    internal void Wake() => hints.Writer.TryWrite(true);

    internal void End() => hints.Writer.TryComplete();
}
