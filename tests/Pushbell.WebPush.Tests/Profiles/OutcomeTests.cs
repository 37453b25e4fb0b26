using System.Text;
using Microsoft.AspNetCore.Http;
using Pushbell.WebPush.Tests.PushServices;

namespace Pushbell.WebPush.Tests.Profiles;

/// <summary>The table of answers, asked of a real server under the push services' own names.</summary>
public sealed class OutcomeTests(ScriptedPushService service) : IClassFixture<ScriptedPushService>, IDisposable
{
    private const string Fcm = "fcm.googleapis.com";
    private const string Mozilla = "updates.push.services.mozilla.com";
    private const string Apple = "web.push.apple.com";
    private const string Wns = "wns2-bl2p.notify.windows.com";
    private const string Other = "push.example.net";
    private const string FcmMismatch =
        "the VAPID credentials in the authorization header do not correspond " + "to the credentials used to create the subscriptions.\n";
    private const string FcmOlderMismatch =
        "the key in the authorization header does not correspond " + "to the sender ID used to subscribe this user.";

    private readonly Sender sender = new();

    public void Dispose() => sender.Dispose();

    [Theory]
    [InlineData(Fcm, 201, "", DeliveryResult.Accepted, "accepted")]
    [InlineData(Fcm, 400, "bad", DeliveryResult.Rejected, "bad-request")]
    [InlineData(Fcm, 404, "", DeliveryResult.Gone, "gone")]
    [InlineData(Fcm, 410, "push subscription has unsubscribed or expired.", DeliveryResult.Gone, "gone")]
    [InlineData(Fcm, 413, "", DeliveryResult.Rejected, "too-large")]
    [InlineData(Fcm, 500, "", DeliveryResult.Retry, "server-error")]
    [InlineData(Fcm, 502, "", DeliveryResult.Retry, "server-error")]
    [InlineData(Mozilla, 201, "", DeliveryResult.Accepted, "accepted")]
    [InlineData(Mozilla, 400, """{"code":400,"errno":111,"error":"Bad Request"}""", DeliveryResult.Rejected, "errno-111")]
    [InlineData(Mozilla, 404, """{"code":404,"errno":102}""", DeliveryResult.Gone, "errno-102")]
    [InlineData(Mozilla, 410, """{"code":410,"errno":103}""", DeliveryResult.Gone, "errno-103")]
    [InlineData(Mozilla, 410, """{"code":410,"errno":105}""", DeliveryResult.Gone, "errno-105")]
    [InlineData(Mozilla, 410, """{"code":410,"errno":106}""", DeliveryResult.Gone, "errno-106")]
    [InlineData(Mozilla, 413, """{"code":413,"errno":104}""", DeliveryResult.Rejected, "errno-104")]
    [InlineData(Mozilla, 500, """{"code":500,"errno":999}""", DeliveryResult.Retry, "errno-999")]
    [InlineData(Mozilla, 404, """{"errno":"102"}""", DeliveryResult.Gone, "gone")]
    [InlineData(Mozilla, 404, """{"errno":1.5}""", DeliveryResult.Gone, "gone")]
    [InlineData(Mozilla, 404, "[1", DeliveryResult.Gone, "gone")]
    [InlineData(Mozilla, 404, "[102]", DeliveryResult.Gone, "gone")]
    [InlineData(Apple, 201, "", DeliveryResult.Accepted, "accepted")]
    [InlineData(Apple, 400, """{"reason":"BadTtl"}""", DeliveryResult.Rejected, "BadTtl")]
    [InlineData(Apple, 400, """{"reason":"BadUrgency"}""", DeliveryResult.Rejected, "BadUrgency")]
    [InlineData(Apple, 400, """{"reason":"BadWebPushTopic"}""", DeliveryResult.Rejected, "BadWebPushTopic")]
    [InlineData(Apple, 404, """{"reason":"BadPath"}""", DeliveryResult.Gone, "BadPath")]
    [InlineData(Apple, 410, """{"reason":"Unregistered"}""", DeliveryResult.Gone, "Unregistered")]
    [InlineData(Apple, 413, """{"reason":"PayloadTooLarge"}""", DeliveryResult.Rejected, "PayloadTooLarge")]
    [InlineData(Apple, 500, """{"reason":"InternalServerError"}""", DeliveryResult.Retry, "InternalServerError")]
    [InlineData(Apple, 400, """{"reason":"<script>\u0007"}""", DeliveryResult.Rejected, "bad-request")]
    [InlineData(Apple, 400, """{"reason":{}}""", DeliveryResult.Rejected, "bad-request")]
    [InlineData(Wns, 200, "", DeliveryResult.Accepted, "accepted")]
    [InlineData(Wns, 201, "", DeliveryResult.Accepted, "accepted")]
    [InlineData(Wns, 404, "", DeliveryResult.Gone, "gone")]
    [InlineData(Wns, 410, "", DeliveryResult.Gone, "gone")]
    [InlineData(Wns, 413, "", DeliveryResult.Rejected, "too-large")]
    [InlineData(Other, 202, "", DeliveryResult.Accepted, "accepted")]
    [InlineData(Other, 204, "", DeliveryResult.Accepted, "accepted")]
    [InlineData(Other, 300, "", DeliveryResult.Rejected, "redirected")]
    [InlineData(Other, 304, "", DeliveryResult.Rejected, "redirected")]
    [InlineData(Other, 400, """{"reason":"BadJwtToken","errno":109}""", DeliveryResult.Rejected, "bad-request")]
    [InlineData(Other, 405, "", DeliveryResult.Rejected, "status-405")]
    [InlineData(Other, 418, "", DeliveryResult.Rejected, "status-418")]
    [InlineData(Other, 501, "", DeliveryResult.Retry, "server-error")]
    [InlineData(Other, 599, "", DeliveryResult.Retry, "server-error")]
    [InlineData(Other, 799, "", DeliveryResult.Retry, "server-error")]
    public async Task Send_PlainAnswer_MeansThis(string host, int status, string body, DeliveryResult result, string reason)
    {
        var outcome = await SendAsync(host, Answer(status, body));

        outcome.ShouldBe(
            new DeliveryOutcome
            {
                Result = result,
                StatusCode = status,
                Reason = reason,
            }
        );
    }

    [Theory]
    [InlineData(Fcm, 401, "", "unauthorized")]
    [InlineData(Fcm, 403, "permission denied: invalid JWT provided", "unauthorized")]
    [InlineData(Fcm, 400, "UnauthorizedRegistration", "UnauthorizedRegistration")]
    [InlineData(
        Mozilla,
        401,
        """{"code":401,"errno":109,"message":"Request did not validate Invalid Authorization Header"}""",
        "errno-109"
    )]
    [InlineData(Apple, 403, """{"reason":"BadJwtToken"}""", "BadJwtToken")]
    [InlineData(Apple, 400, """{"reason":"BadVapidPublicKey"}""", "BadVapidPublicKey")]
    [InlineData(Wns, 401, "", "unauthorized")]
    [InlineData(Wns, 403, "", "unauthorized")]
    [InlineData(Other, 401, "", "unauthorized")]
    public async Task Send_KeyOrSubjectRefused_ConcernsTheWholeHost(string host, int status, string body, string reason)
    {
        var outcome = await SendAsync(host, Answer(status, body));

        outcome.Result.ShouldBe(DeliveryResult.Rejected);
        outcome.Reason.ShouldBe(reason);
        outcome.Unauthorized.ShouldBeTrue();
        outcome.KeyMismatch.ShouldBeFalse();
    }

    [Theory]
    [InlineData(Fcm, 403, FcmMismatch, "key-mismatch")]
    [InlineData(Fcm, 403, FcmOlderMismatch, "key-mismatch")]
    [InlineData(Mozilla, 401, """{"code":401,"errno":109,"error":"Unauthorized","message":"VAPID public key mismatch"}""", "errno-109")]
    [InlineData(Apple, 400, """{"reason":"VapidPkHashMismatch"}""", "VapidPkHashMismatch")]
    [InlineData(Apple, 403, """{"reason":"VapidPkHashMismatch"}""", "VapidPkHashMismatch")]
    public async Task Send_SubscriptionOfAnotherKey_ConcernsThatSubscription(string host, int status, string body, string reason)
    {
        var outcome = await SendAsync(host, Answer(status, body));

        outcome.Result.ShouldBe(DeliveryResult.Rejected);
        outcome.Reason.ShouldBe(reason);
        outcome.KeyMismatch.ShouldBeTrue();
        outcome.Unauthorized.ShouldBeFalse();
    }

    [Theory]
    [InlineData(Fcm, 429, "30", 30)]
    [InlineData(Fcm, 429, null, null)]
    [InlineData(Fcm, 429, "Thu, 15 Jan 2026 14:32:00 GMT", 120)]
    [InlineData(Fcm, 503, "-1", 60)]
    [InlineData(Mozilla, 503, "10", 10)]
    [InlineData(Apple, 429, "garbage", 60)]
    [InlineData(Apple, 503, null, null)]
    [InlineData(Wns, 406, "900", 900)]
    [InlineData(Wns, 503, "5", 5)]
    [InlineData(Other, 406, null, null)]
    [InlineData(Other, 503, "9999999", 60)]
    public async Task Send_Throttled_IsRetriedAfterTheWait(string host, int status, string? retryAfter, int? seconds)
    {
        var outcome = await SendAsync(host, Answer(status, "", ("Retry-After", retryAfter)));

        outcome.Result.ShouldBe(DeliveryResult.Retry);
        outcome.Throttled.ShouldBeTrue();
        outcome.RetryAfter.ShouldBe(seconds is { } given ? TimeSpan.FromSeconds(given) : null);
    }

    [Theory]
    [InlineData(201, true, null)]
    [InlineData(202, false, 1)]
    public async Task Send_MozillaUnavailable_ErrnoSaysHowSoon(int errno, bool throttled, int? seconds)
    {
        var outcome = await SendAsync(Mozilla, Answer(503, $$"""{"code":503,"errno":{{errno}}}"""));

        outcome.Result.ShouldBe(DeliveryResult.Retry);
        outcome.Reason.ShouldBe($"errno-{errno}");
        outcome.Throttled.ShouldBe(throttled);
        outcome.RetryAfter.ShouldBe(seconds is { } given ? TimeSpan.FromSeconds(given) : null);
    }

    [Theory]
    [InlineData("X-WNS-Status", "received", DeliveryResult.Accepted, "accepted", false)]
    [InlineData("X-WNS-Status", "dropped", DeliveryResult.Rejected, "dropped", false)]
    [InlineData("X-WNS-NotificationStatus", "Dropped", DeliveryResult.Rejected, "dropped", false)]
    [InlineData("X-WNS-Status", "channelThrottled", DeliveryResult.Retry, "throttled", true)]
    [InlineData("X-WNS-Status", "appthrottled", DeliveryResult.Retry, "throttled", true)]
    public async Task Send_WnsSaysOk_ItsStatusHeaderDecides(
        string header,
        string value,
        DeliveryResult result,
        string reason,
        bool throttled
    )
    {
        var outcome = await SendAsync(Wns, Answer(200, "", (header, value)));

        outcome.Result.ShouldBe(result);
        outcome.Reason.ShouldBe(reason);
        outcome.Throttled.ShouldBe(throttled);
    }

    [Theory]
    [InlineData(410, "Domain Blocked")]
    [InlineData(404, "The domain blocked: domain blocked by policy")]
    [InlineData(403, "domain blocked")]
    public async Task Send_WnsBlocksTheDomain_AlertsAndNeverExpires(int status, string description)
    {
        var outcome = await SendAsync(Wns, Answer(status, "", ("X-WNS-Error-Description", description)));

        outcome.Result.ShouldBe(DeliveryResult.Rejected);
        outcome.Reason.ShouldBe("domain-blocked");
        outcome.HostAlert.ShouldBeTrue();
    }

    [Fact]
    public async Task Send_WnsDescribesAnError_TheReasonTellsIt()
    {
        var outcome = await SendAsync(Wns, Answer(400, "", ("X-WNS-Error-Description", "Ttl value conflicts with X-WNS-Cache-Policy.")));

        outcome.Result.ShouldBe(DeliveryResult.Rejected);
        outcome.Reason.ShouldBe("Ttl value conflicts with X-WNS-Cache-Policy");
    }

    [Theory]
    [InlineData("https://updates.push.services.mozilla.com/m/1", "https://updates.push.services.mozilla.com/m/1")]
    [InlineData("/m/1", "https://updates.push.services.mozilla.com/m/1")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("file:///etc/passwd", null)]
    public async Task Send_Accepted_TellsLocationAndGrantedTtl(string location, string? expected)
    {
        var outcome = await SendAsync(Mozilla, Answer(201, "", ("Location", location), ("TTL", "2592000")));

        outcome.MessageLocation.ShouldBe(expected is null ? null : new Uri(expected));
        outcome.GrantedTtl.ShouldBe(TimeSpan.FromDays(30));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("forever")]
    [InlineData("99999999999")]
    public async Task Send_AcceptedWithSenselessTtl_TellsNone(string ttl) =>
        (await SendAsync(Mozilla, Answer(201, "", ("TTL", ttl)))).GrantedTtl.ShouldBeNull();

    private static RequestDelegate Answer(int status, string body, params (string Name, string? Value)[] headers) =>
        async context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            if (body.Length > 0)
            {
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
            }
        };

    private async Task<DeliveryOutcome> SendAsync(string host, RequestDelegate answer)
    {
        var script = service.On(answer);
        var outcome = await sender.SendAsync(service.Options(), $"https://{host}{script.Path}");
        script.Requests.ShouldHaveSingleItem().Host.ShouldBe(host);
        return outcome;
    }
}
