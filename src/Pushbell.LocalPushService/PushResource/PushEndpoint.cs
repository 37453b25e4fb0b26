using Pushbell.LocalPushService.Counting;
using Pushbell.LocalPushService.Faults;
using Pushbell.LocalPushService.Vapid;

namespace Pushbell.LocalPushService.PushResource;

/// <summary>The push resource and the push message resource: what application servers speak to (RFC 8030 §5).</summary>
internal sealed class PushEndpoint(
    Subscriptions subscriptions, VapidCheck vapid, AnswerWriter answers, Counters counters, TimeProvider clock)
{
    /// <summary>RFC 8030 §7.2: no push service has to take more.</summary>
    private const int LargestBody = 4096;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/push/{token}", PostAsync);

        // The endpoints that Chromium makes up are fixed; only the connection behind those names is ours.
        foreach (var path in (string[])["/fcm/send/{token}", "/wp/{token}"])
            routes.MapPost(path, PostAsync).RequireHost("fcm.googleapis.com", "jmt17.google.com");

        routes.MapDelete("/messages/{token}/{id}", Withdraw);
    }

    private async Task PostAsync(HttpContext context)
    {
        counters.Posted();
        var subscription = subscriptions.Find((string)context.GetRouteValue("token")!);
        var (message, refusal) = await AdmitAsync(context.Request, subscription);
        if (refusal is not null)
        {
            counters.Answered(refusal.Code);
            await refusal.WriteAsync(context.Response);
            return;
        }

        var answer = subscription!.NextAnswer();
        if (answer.Delivers)
        {
            counters.Took();
            subscription.UserAgent.Deliver(message!);
            context.Response.Headers.Location = $"{Origin(context.Request)}/messages/{subscription.Token}/{message!.Id}";
            context.Response.Headers["TTL"] = $"{message.Terms.Ttl}";
        }

        counters.Answered(answer.StatusOnTheWire);
        await answers.WriteAsync(answer, context);
    }

    private async Task<(PushMessage? Message, Refusal? Refusal)> AdmitAsync(HttpRequest request, Subscription? subscription)
    {
        if (subscription is null)
            return (null, Refusal.UnknownSubscription);
        if (subscription.IsGone)
            return (null, Refusal.GoneSubscription);
        if (DeliveryTerms.Read(request.Headers, out var terms) is { } wrongTerms)
            return (null, wrongTerms);
        if (await ReadBodyAsync(request) is not { } body)
            return (null, Refusal.TooLarge(LargestBody));
        if (body.Length > 0 && terms.ContentEncoding != DeliveryTerms.MessageEncoding)
            return (null, Refusal.Header(110, "The Content-Encoding of a message is aes128gcm (RFC 8291, section 4)."));
        if (vapid.Check($"{request.Headers.Authorization}", Origin(request), subscription.ApplicationServerKey) is { } notAllowed)
            return (null, notAllowed);

        var headers = request.Headers.ToDictionary(header => header.Key, header => $"{header.Value}", StringComparer.OrdinalIgnoreCase);
        return (new PushMessage($"{Guid.NewGuid():N}", subscription, terms, body, headers, clock.GetUtcNow()), null);
    }

    /// <summary>The body, or null when it is too large.</summary>
    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength > LargestBody)
            return null;

        var buffer = new byte[LargestBody + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return length <= LargestBody ? buffer[..length] : null;
    }

    private void Withdraw(HttpContext context)
    {
        var subscription = subscriptions.Find((string)context.GetRouteValue("token")!);
        var withdrawn = subscription?.UserAgent.Withdraw((string)context.GetRouteValue("id")!) ?? false;
        context.Response.StatusCode = withdrawn ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
    }

    /// <summary>RFC 6454 §6.2; the Host header of a conforming client leaves a default port out.</summary>
    private static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
