using Pushbell.LocalPushService.Crypto;
using Pushbell.LocalPushService.Faults;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.VirtualSubscriptions;

/// <summary>A subscription without a browser: it is always there, decrypts what comes and keeps every copy of it.</summary>
public sealed class VirtualSubscription : IUserAgent
{
    private readonly Lock gate = new();
    private readonly List<ReceivedMessage> messages = [];
    private readonly ReceiverKeys keys;
    private readonly Subscription subscription;
    private TaskCompletionSource? arrival;
    private int next;

    internal VirtualSubscription(Subscriptions subscriptions, Uri origin, byte[]? applicationServerKey)
    {
        keys = ReceiverKeys.Generate();
        subscription = subscriptions.Add(this, applicationServerKey);
        Endpoint = $"{origin}push/{subscription.Token}";
    }

    /// <summary>Names the subscription in the HTTP API; also the last part of the endpoint.</summary>
    public string Id => subscription.Token;

    /// <summary>The push resource, an absolute URL.</summary>
    public string Endpoint { get; }

    /// <summary>The public key: 65 bytes in base64url.</summary>
    public string P256dh => keys.P256dh;

    /// <summary>The authentication secret: 16 bytes in base64url.</summary>
    public string Auth => keys.Auth;

    /// <summary>Everything received so far, oldest first, every copy.</summary>
    public IReadOnlyList<ReceivedMessage> Messages
    {
        get
        {
            lock (gate)
            {
                return [.. messages];
            }
        }
    }

    /// <summary>How many messages were received, without copying them.</summary>
    public int MessageCount
    {
        get
        {
            lock (gate)
            {
                return messages.Count;
            }
        }
    }

    /// <summary>The oldest message that this method has not returned yet, waiting for one if need be.</summary>
    /// <param name="timeout">In real time, whatever clock the service runs on.</param>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public async Task<ReceivedMessage> NextMessageAsync(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        while (true)
        {
            Task waiting;
            lock (gate)
            {
                if (next < messages.Count)
                    return messages[next++];

                arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = arrival.Task;
            }

            try
            {
                await waiting.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"No message for {Endpoint} within {timeout}.", e);
            }
        }
    }

    /// <summary>Sets the answers to the next valid pushes and drops what was left of an earlier script.</summary>
    /// <exception cref="ArgumentException">A status outside 200 to 599, or a repeat before the last answer.</exception>
    public void Script(params ScriptedAnswer[] answers) => subscription.Script(answers);

    /// <summary>Ends the subscription as if the browser had unsubscribed: pushes are answered 410 from now on.</summary>
    public void Remove() => subscription.Remove();

    void IUserAgent.Deliver(PushMessage message)
    {
        lock (gate)
        {
            messages.Add(new ReceivedMessage(message, keys));
            arrival?.TrySetResult();
            arrival = null;
        }
    }

    /// <summary>Nothing ever waits here.</summary>
    bool IUserAgent.Withdraw(string messageId) => false;
}
