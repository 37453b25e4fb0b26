using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>Encrypts, signs and sends one message to one browser's push service (RFC 8030 §5).</summary>
/// <remarks>Safe for any number of threads; one instance for the life of a process, since it keeps the connections.</remarks>
public sealed class PushClient : IDisposable
{
    private readonly PushClientOptions options;
    private readonly TimeProvider clock;
    private readonly EgressGuard guard;
    private readonly MessageEncryptor encryptor;
    private readonly VapidTokenCache tokens;
    private readonly Timeouts timeouts;
    private readonly HttpMessageInvoker http;

    /// <param name="options">How push services are reached.</param>
    /// <param name="clock">Measures <see cref="PushClientOptions.AttemptTimeout"/> and dates the tokens.</param>
    /// <exception cref="PlatformNotSupportedException">
    /// <see cref="EncryptionPath.Libcrypto"/> was demanded, and cannot be used here; the message says why.
    /// </exception>
    public PushClient(PushClientOptions options, TimeProvider clock)
        : this(options, clock, PushHandler.Create) { }

    /// <summary>With a network of another making under it, for what simulates one.</summary>
    internal PushClient(PushClientOptions options, TimeProvider clock, Func<PushClientOptions, EgressGuard, HttpMessageHandler> network)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        this.options = options;
        this.clock = clock;
        guard = new EgressGuard(options);
        encryptor = new MessageEncryptor(PrimitivesChoice.For(options.Encryption));
        tokens = new VapidTokenCache(clock);
        timeouts = new Timeouts(options.AttemptTimeout, clock);
        http = new HttpMessageInvoker(network(options, guard));
    }

    /// <summary>Who encrypts, for a log line: <c>libcrypto (OpenSSL 3.…)</c>, or <c>.NET</c> and why, when libcrypto was looked for.</summary>
    public string EncryptedBy => encryptor.Name;

    /// <summary>Makes one POST, never a second one.</summary>
    /// <param name="subscription">Where to send and whom to encrypt for.</param>
    /// <param name="message">What to send.</param>
    /// <param name="identity">Who sends: the keys that the subscription was made with.</param>
    /// <param name="cancellationToken">Gives up waiting; the message may have been sent nevertheless.</param>
    /// <returns>What became of it: every answer and every network fault is an outcome.</returns>
    /// <exception cref="ArgumentException">The payload is longer than <see cref="PushMessage.MaxPayloadLength"/>.</exception>
    /// <exception cref="CryptographicException">The subscription was never validated, and its key is no point.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<DeliveryOutcome> SendAsync(
        PushSubscription subscription,
        PushMessage message,
        VapidIdentity identity,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(subscription);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(identity);
        cancellationToken.ThrowIfCancellationRequested();
        if (guard.RefusalOf(subscription.Endpoint) is { } refusal)
        {
            return NetworkFault.Refused(refusal);
        }

        var profile = PushServiceProfile.ForHost(subscription.Endpoint.IdnHost) ?? PushServiceProfile.Generic;
        using var request = CreateRequest(subscription, message, identity, profile);
        var timeout = timeouts.Start();
        using var linked = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token) : null;
        var attempt = linked?.Token ?? timeout.Token;
        try
        {
            using var response = await http.SendAsync(request, attempt);
            var answer = await PushAnswer.ReadAsync(response, subscription.Endpoint, clock, attempt);
            cancellationToken.ThrowIfCancellationRequested();
            return profile.Read(answer);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return NetworkFault.Timeout;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            // The handler's own connect timeout is a cancellation that neither token asked for.
            return NetworkFault.From(fault);
        }
        finally
        {
            timeouts.Stop(timeout);
        }
    }

    /// <summary>Deletes a message that the push service still holds (RFC 8030).</summary>
    /// <param name="location"><see cref="DeliveryOutcome.MessageLocation"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<WithdrawalResult> WithdrawAsync(Uri location, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(location);
        // It came in an answer, so it is held to what an endpoint is held to.
        if (guard.RefusalOf(location) is not null)
        {
            return WithdrawalResult.TooLate;
        }

        using var request = new HttpRequestMessage(HttpMethod.Delete, location)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        using var timeout = new CancellationTokenSource(options.AttemptTimeout, clock);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await http.SendAsync(request, attempt.Token);
            return (int)response.StatusCode switch
            {
                >= 200 and < 300 => WithdrawalResult.Withdrawn,
                429 or >= 500 => WithdrawalResult.Retry,
                _ => WithdrawalResult.TooLate,
            };
        }
        catch (Exception fault)
            when (fault is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return WithdrawalResult.Retry;
        }
    }

    /// <summary>Looks whether a push service can be reached: asks for nothing but headers, and sends nothing of anybody's.</summary>
    /// <param name="origin">Held to what an endpoint is held to.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<ReachResult> ReachAsync(Uri origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (guard.RefusalOf(origin) is { } refusal)
        {
            return new ReachResult(refusal);
        }

        using var request = new HttpRequestMessage(HttpMethod.Head, origin)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        using var timeout = new CancellationTokenSource(options.AttemptTimeout, clock);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await http.SendAsync(request, attempt.Token);
            return new ReachResult(Problem: null, response.Headers.Date);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ReachResult(NetworkFault.Timeout.Reason);
        }
        catch (Exception fault)
            when (fault is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new ReachResult(NetworkFault.From(fault).Reason);
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage CreateRequest(
        PushSubscription subscription,
        PushMessage message,
        VapidIdentity identity,
        PushServiceProfile profile
    )
    {
        var record = new byte[MessageEncryptor.RecordLength(message.Payload.Length, message.PadTo)];
        encryptor.Encrypt(subscription, message.Payload.Span, message.PadTo, record);

        var ttl = TimeSpan.FromSeconds(Math.Clamp((long)message.Ttl.TotalSeconds, 0, (long)profile.MaxTtl.TotalSeconds));
        var request = new HttpRequestMessage(HttpMethod.Post, subscription.Endpoint)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new RecordContent(record),
        };
        request.Headers.TryAddWithoutValidation("Authorization", tokens.Authorization(identity, subscription.Origin));
        request.Headers.TryAddWithoutValidation("TTL", ttl.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Urgency", message.Urgency.ToHeader());
        if (message.Topic is { Value.Length: > 0 } topic)
        {
            request.Headers.TryAddWithoutValidation("Topic", profile.TopicHeader(topic));
        }

        profile.AddHeaders(request, ttl);
        return request;
    }
}
