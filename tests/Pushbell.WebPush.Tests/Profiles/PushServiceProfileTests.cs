namespace Pushbell.WebPush.Tests.Profiles;

public sealed class PushServiceProfileTests
{
    [Theory]
    [InlineData("fcm.googleapis.com", "fcm")]
    [InlineData("FCM.GoogleAPIs.com", "fcm")]
    [InlineData("jmt17.google.com", "fcm")]
    [InlineData("updates.push.services.mozilla.com", "mozilla")]
    [InlineData("autopush.dev.push.services.mozilla.com", "mozilla")]
    [InlineData("web.push.apple.com", "apple")]
    [InlineData("wns2-bl2p.notify.windows.com", "wns")]
    public void ForHost_KnownPushService_HasItsProfile(string host, string name) => PushServiceProfile.ForHost(host)!.Name.ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("android.googleapis.com")]
    [InlineData("push.apple.com")]
    [InlineData(".push.apple.com")]
    [InlineData("evilpush.apple.com")]
    [InlineData("web.push.apple.com.evil.example")]
    [InlineData("web.push.apple.com.")]
    [InlineData("push.services.mozilla.com")]
    [InlineData("evil-push.services.mozilla.com")]
    [InlineData("notify.windows.com")]
    [InlineData("xfcm.googleapis.com")]
    [InlineData("sub.fcm.googleapis.com")]
    [InlineData("googleapis.com")]
    [InlineData("permanently-removed.invalid")]
    [InlineData("127.0.0.1")]
    public void ForHost_AnyOtherHost_HasNone(string host) => PushServiceProfile.ForHost(host).ShouldBeNull();

    [Fact]
    public void TopicHeader_LengthThatIsNoBase64_IsDerivedForAppleOnly()
    {
        PushTopic.TryParse("abcde", out var topic).ShouldBeTrue();
        PushTopic.TryParse("abcd", out var four).ShouldBeTrue();

        PushServiceProfile.ForHost("web.push.apple.com")!.TopicHeader(topic).ShouldBe(PushTopic.FromTag("abcde").Value);
        PushServiceProfile.ForHost("web.push.apple.com")!.TopicHeader(four).ShouldBe("abcd");
        PushServiceProfile.ForHost("fcm.googleapis.com")!.TopicHeader(topic).ShouldBe("abcde");
    }
}
