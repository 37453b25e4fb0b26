namespace Pushbell.LocalPushService.PushResource;

/// <summary>
/// The messages of one browser that it has not acknowledged. At most one connection reads at a time, the newest;
/// what a connection took and did not acknowledge before it closed is given to the next.
/// </summary>
internal sealed class Mailbox(TimeProvider clock) : IUserAgent
{
    private readonly Lock gate = new();
    private readonly List<PushMessage> waiting = [];
    private readonly List<PushMessage> underway = [];
    private MailboxReader? reader;

    public void Deliver(PushMessage message)
    {
        lock (gate)
        {
            DropVoid();
            waiting.RemoveAll(message.Replaces);

            // RFC 8030 §5.2: TTL 0 is delivered immediately or not at all.
            if (message.Terms.Ttl == 0 && reader is null)
                return;

            waiting.Add(message);
            reader?.Wake();
        }
    }

    public bool Withdraw(string messageId)
    {
        lock (gate)
        {
            DropVoid();
            return waiting.RemoveAll(message => message.Id == messageId) > 0;
        }
    }

    /// <summary>Starts reading for a new connection and ends the reading of an older one.</summary>
    public MailboxReader Open()
    {
        lock (gate)
        {
            reader?.End();
            TakeBack();
            return reader = new MailboxReader(this);
        }
    }

    /// <summary>The oldest message that waits, now underway; null when none does or the reader is not the newest.</summary>
    internal PushMessage? Take(MailboxReader asking)
    {
        lock (gate)
        {
            if (reader != asking)
                return null;

            DropVoid();
            if (waiting.Count == 0)
                return null;

            var message = waiting[0];
            waiting.RemoveAt(0);
            underway.Add(message);
            return message;
        }
    }

    /// <summary>Forgets a message that the browser has; false when it was acknowledged before.</summary>
    internal bool Acknowledge(string messageId)
    {
        lock (gate)
        {
            return underway.RemoveAll(message => message.Id == messageId)
                + waiting.RemoveAll(message => message.Id == messageId) > 0;
        }
    }

    /// <summary>Ends a reading; what the browser did not acknowledge waits again.</summary>
    internal void Close(MailboxReader closing)
    {
        lock (gate)
        {
            if (reader != closing)
                return;

            reader = null;
            TakeBack();
        }
    }

    private void TakeBack()
    {
        underway.RemoveAll(old => waiting.Exists(newer => newer.Replaces(old)));
        waiting.InsertRange(0, underway);
        underway.Clear();
        waiting.RemoveAll(message => message.Terms.Ttl == 0);
    }

    /// <summary>TTL 0 is not looked at here: those messages end with the connection that should have taken them.</summary>
    private void DropVoid()
    {
        var now = clock.GetUtcNow();
        waiting.RemoveAll(message => message.Subscription.IsGone || message.Terms.Ttl > 0 && message.ExpiresAt <= now);
    }
}
