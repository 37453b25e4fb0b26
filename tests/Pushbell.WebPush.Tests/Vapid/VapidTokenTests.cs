namespace Pushbell.WebPush.Tests.Vapid;

public sealed class VapidTokenTests
{
    /// <summary>RFC 8292 §2.4.</summary>
    private const string Example =
        "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1h"
        + "aWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, "
        + "k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";

    [Fact]
    public void Sign_ClaimsOfRfc8292_AreItsExampleUpToTheSignature()
    {
        var example = VapidVerifier.Verify(Example);
        var identity = new VapidIdentity(VapidKeys.Generate(), example.Subject);

        var token = VapidToken.Sign(identity, example.Audience, example.Expiry - TimeSpan.FromHours(12));

        var ours = VapidVerifier.Verify(token.Authorization);
        ours.UnsignedToken.ShouldBe(example.UnsignedToken);
        ours.PublicKey.ShouldBe(identity.Keys.PublicKey);
    }

    [Fact]
    public void Sign_SubjectWithPlus_IsNotEscaped()
    {
        var token = VapidToken.Sign(
            new VapidIdentity(VapidKeys.Generate(), "mailto:a+b@example.com"),
            "https://push.example.net",
            DateTimeOffset.UnixEpoch
        );

        VapidVerifier.Verify(token.Authorization).Subject.ShouldBe("mailto:a+b@example.com");
        System
            .Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Authorization.Split('.')[1]))
            .ShouldBe("""{"aud":"https://push.example.net","exp":43200,"sub":"mailto:a+b@example.com"}""");
    }
}
