using Pushbell.Dispatch.Registrations;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Registrations;

public sealed class EndpointPolicyTests
{
    private static readonly EndpointPolicy Policy = new(new HashSet<string>(StringComparer.Ordinal) { "http://127.0.0.1:9090" });

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/x")]
    [InlineData("https://fcm.googleapis.com:443/fcm/send/x")]
    [InlineData("https://FCM.googleapis.com/wp/x")]
    [InlineData("https://jmt17.google.com/fcm/send/x")]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/x")]
    [InlineData("https://updates-autopush.dev.push.services.mozilla.com/wpush/v2/x")]
    [InlineData("https://web.push.apple.com/x")]
    [InlineData("https://wns2-par02p.notify.windows.com/w/?token=x")]
    [InlineData("http://127.0.0.1:9090/push/x")]
    public void Refusal_PublicPushServiceOrTrustedOrigin_IsNone(string endpoint) => Policy.Refusal(Subscription(endpoint)).ShouldBeNull();

    [Theory]
    [InlineData("http://fcm.googleapis.com/fcm/send/x")]
    [InlineData("https://fcm.googleapis.com:8443/fcm/send/x")]
    [InlineData("https://push.apple.com/x")]
    [InlineData("https://evilpush.apple.com/x")]
    [InlineData("https://push.apple.com.evil.example/x")]
    [InlineData("https://evil.example/fcm.googleapis.com/x")]
    [InlineData("https://evil.example/?https://fcm.googleapis.com/x")]
    [InlineData("https://android.googleapis.com/gcm/send/x")]
    [InlineData("https://127.0.0.1/push/x")]
    [InlineData("https://127.0.0.1:9090/push/x")]
    [InlineData("http://127.0.0.1/push/x")]
    [InlineData("http://127.0.0.1:9091/push/x")]
    [InlineData("http://localhost:9090/push/x")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public void Refusal_AnyOtherAddress_IsASentence(string endpoint) =>
        Policy.Refusal(Subscription(endpoint)).ShouldNotBeNull().ShouldContain("subscription.endpoint");

    private static PushSubscription Subscription(string endpoint)
    {
        PushSubscription
            .TryCreate(endpoint, VapidKeys.Generate().PublicKey, "AAAAAAAAAAAAAAAAAAAAAA", out var subscription, out var problem)
            .ShouldBeTrue(problem);
        return subscription!;
    }
}
