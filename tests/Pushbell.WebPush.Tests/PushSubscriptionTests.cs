using System.Buffers.Text;
using System.Numerics;

namespace Pushbell.WebPush.Tests;

public sealed class PushSubscriptionTests : IDisposable
{
    private const string Endpoint = "https://fcm.googleapis.com/fcm/send/abc:APA91b";
    private readonly Browser browser = new();

    private string Key => Base64Url.EncodeToString(browser.P256dh);

    private string Auth => Base64Url.EncodeToString(browser.Auth);

    public void Dispose() => browser.Dispose();

    [Theory]
    [InlineData(Endpoint, "https://fcm.googleapis.com")]
    [InlineData("https://fcm.googleapis.com:443/x", "https://fcm.googleapis.com")]
    [InlineData("https://push.example.net:8443/x", "https://push.example.net:8443")]
    [InlineData("http://127.0.0.1:9090/push/1", "http://127.0.0.1:9090")]
    [InlineData("http://[::1]:9090/push/1", "http://[::1]:9090")]
    [InlineData("HTTPS://FCM.googleapis.com/x", "https://fcm.googleapis.com")]
    [InlineData("https://wns2-bl2p.notify.windows.com/w/?token=BQYAAAD%2fm", "https://wns2-bl2p.notify.windows.com")]
    public void TryCreate_GoodEndpoint_HasOriginWithItsPort(string endpoint, string origin)
    {
        PushSubscription.TryCreate(endpoint, Key, Auth, out var subscription, out var problem).ShouldBeTrue(problem);

        subscription!.Origin.ShouldBe(origin);
        subscription.P256dh.ToArray().ShouldBe(browser.P256dh);
        subscription.Auth.ToArray().ShouldBe(browser.Auth);
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "missing")]
    [InlineData("fcm.googleapis.com/x", "absolute")]
    [InlineData("//fcm.googleapis.com/x", "absolute")]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("file:///etc/passwd", "absolute")]
    [InlineData("ftp://fcm.googleapis.com/x", "absolute")]
    [InlineData("https:fcm.googleapis.com", "absolute")]
    [InlineData("https:///x", "absolute")]
    [InlineData("https://:443/x", "absolute")]
    [InlineData("https://fcm.googleapis.com:99999/x", "absolute")]
    [InlineData("https://user@fcm.googleapis.com/x", "user information")]
    [InlineData("https://fcm.googleapis.com@127.0.0.1/x", "user information")]
    [InlineData("https://@127.0.0.1/x", "user information")]
    [InlineData("https://fcm.googleapis.com/x#top", "fragment")]
    [InlineData("https://fcm.googleapis.com/x#", "fragment")]
    [InlineData("https://fcm.googleapis.com./x", "dot")]
    [InlineData("https://127.1/x", "disguised form of 127.0.0.1")]
    [InlineData("https://2130706433/x", "disguised form of 127.0.0.1")]
    [InlineData("https://0x7f000001/x", "disguised form of 127.0.0.1")]
    [InlineData("https://0177.0.0.1/x", "disguised form of 127.0.0.1")]
    [InlineData("https://[0:0:0:0:0:0:0:1]/x", "disguised")]
    [InlineData("https://fcm。googleapis。com/x", "characters")]
    [InlineData("https://ｆcm.googleapis.com/x", "characters")]
    [InlineData("https://müller.example/x", "characters")]
    [InlineData("https://fcm%2egoogleapis.com/x", "")]
    [InlineData(" https://fcm.googleapis.com/x", "characters")]
    [InlineData("https://fcm.googleapis.com/x\n", "characters")]
    [InlineData("https://fcm.googleapis.com\\@127.0.0.1/x", "characters")]
    [InlineData("https:\\\\fcm.googleapis.com\\x", "characters")]
    [InlineData("https://permanently-removed.invalid/fcm/send/abc", "subscribe again")]
    public void TryCreate_BadEndpoint_SaysWhatIsWrong(string? endpoint, string problemPart)
    {
        PushSubscription.TryCreate(endpoint, Key, Auth, out var subscription, out var problem).ShouldBeFalse();

        subscription.ShouldBeNull();
        problem!.ShouldContain(problemPart);
        problem!.ShouldEndWith(".");
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void TryCreate_LongEndpoint_TakesUpTo2048Characters(int length, bool good) =>
        PushSubscription.TryCreate(Endpoint.PadRight(length, 'x'), Key, Auth, out _, out _).ShouldBe(good);

    [Fact]
    public void TryCreate_PaddedOrStandardBase64_IsTolerated()
    {
        var key = Convert.ToBase64String(browser.P256dh);
        var auth = Convert.ToBase64String(browser.Auth);

        PushSubscription.TryCreate(Endpoint, key, auth, out var subscription, out _).ShouldBeTrue();
        PushSubscription.TryCreate(Endpoint, Key + "=", Auth + "==", out _, out _).ShouldBeTrue();

        subscription!.P256dh.ToArray().ShouldBe(browser.P256dh);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("BCVxsr7N")]
    public void TryCreate_KeyOfAnotherLength_IsRefused(string? key) => Problem(key, Auth).ShouldContain("p256dh must be 65 bytes");

    [Fact]
    public void TryCreate_KeyTooLong_IsRefused() =>
        Problem(Base64Url.EncodeToString([.. browser.P256dh, 0]), Auth).ShouldContain("p256dh must be 65 bytes");

    [Fact]
    public void TryCreate_PointInAnotherForm_IsRefused()
    {
        browser.P256dh[0] = 6;
        Problem(Key, Auth).ShouldContain("not an uncompressed point");
    }

    [Fact]
    public void TryCreate_PointBesideTheCurve_IsRefused()
    {
        browser.P256dh[64] ^= 1;
        Problem(Key, Auth).ShouldContain("not an uncompressed point");
    }

    [Fact]
    public void TryCreate_PointAtZero_IsRefused()
    {
        browser.P256dh.AsSpan(1).Clear();
        Problem(Key, Auth).ShouldContain("not an uncompressed point");
    }

    /// <summary>x + p names the same point to an implementation that reduces; SEC 1 §2.3.4 has it refused.</summary>
    [Fact]
    public void TryCreate_CoordinateBeyondTheField_IsRefused()
    {
        var prime = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 224) + BigInteger.Pow(2, 192) + BigInteger.Pow(2, 96) - 1;
        var b = new BigInteger(
            Convert.FromHexString("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"),
            isUnsigned: true,
            isBigEndian: true
        );

        // x = 0 is on the curve with y = √b, so x = p would be too, after reduction; p ≡ 3 mod 4 makes the root easy.
        var y = BigInteger.ModPow(b, (prime + 1) / 4, prime);
        (y * y % prime).ShouldBe(b);

        Problem(Point(BigInteger.Zero, y), "short").ShouldContain("auth", customMessage: "with x = 0 only auth is wrong");
        Problem(Point(prime, y), Auth).ShouldContain("not an uncompressed point");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    public void TryCreate_AuthNot16Bytes_IsRefused(string? auth) => Problem(Key, auth).ShouldContain("auth must be 16 bytes");

    private static string Point(BigInteger x, BigInteger y)
    {
        Span<byte> point = stackalloc byte[65];
        point[0] = 4;
        var (xBytes, yBytes) = (x.ToByteArray(isUnsigned: true, isBigEndian: true), y.ToByteArray(isUnsigned: true, isBigEndian: true));
        xBytes.CopyTo(point[(33 - xBytes.Length)..]);
        yBytes.CopyTo(point[(65 - yBytes.Length)..]);
        return Base64Url.EncodeToString(point);
    }

    private static string Problem(string? key, string? auth)
    {
        PushSubscription.TryCreate(Endpoint, key, auth, out _, out var problem).ShouldBeFalse();
        return problem!;
    }
}
