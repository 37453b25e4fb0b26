namespace Pushbell.LocalPushService.PushResource;

/// <summary>The receiving side of a subscription: a real browser's mailbox, or a virtual subscription.</summary>
internal interface IUserAgent
{
    /// <summary>Takes the message at once, or keeps it until the browser is there.</summary>
    void Deliver(PushMessage message);

    /// <summary>Takes back a message that was not delivered yet; false when there is none.</summary>
    bool Withdraw(string messageId);
}
