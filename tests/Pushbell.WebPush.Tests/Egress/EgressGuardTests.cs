using Microsoft.AspNetCore.Http;
using Pushbell.WebPush.Tests.PushServices;

namespace Pushbell.WebPush.Tests.Egress;

/// <summary>Where the client connects to, seen from the socket that must not be reached.</summary>
public sealed class EgressGuardTests(ScriptedPushService service) : IClassFixture<ScriptedPushService>, IDisposable
{
    private readonly Sender sender = new();

    public void Dispose() => sender.Dispose();

    [Theory]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://localhost")]
    [InlineData("https://[::ffff:127.0.0.1]")]
    public async Task Send_ToAPrivateAddress_IsRejectedAndNotConnected(string origin)
    {
        await using var raw = new RawPushService((_, stop) => RawPushService.HangAsync(stop));

        var outcome = await sender.SendAsync(new PushClientOptions(), $"{origin}:{raw.Port}/push");

        outcome.Result.ShouldBe(DeliveryResult.Rejected);
        outcome.StatusCode.ShouldBe(0);
        outcome.Reason.ShouldBe("address-not-public");
        raw.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Send_PlainHttpUntrusted_IsRejectedAndNotConnected()
    {
        await using var raw = new RawPushService((_, stop) => RawPushService.HangAsync(stop));

        var outcome = await sender.SendAsync(new PushClientOptions(), raw.Origin + "/push");

        outcome.Result.ShouldBe(DeliveryResult.Rejected);
        outcome.Reason.ShouldBe("plain-http");
        raw.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Send_TrustedOriginOnAnotherPort_IsNotTrusted()
    {
        await using var raw = new RawPushService((_, stop) => RawPushService.HangAsync(stop));

        var outcome = await sender.SendAsync(service.Options(), $"http://127.0.0.1:{raw.Port}/push");

        outcome.Reason.ShouldBe("plain-http");
        raw.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Send_TrustedPlainOriginOverHttps_IsNotTrusted()
    {
        await using var raw = new RawPushService((_, stop) => RawPushService.HangAsync(stop));
        var options = Sender.Trusting(raw.Origin);

        var outcome = await sender.SendAsync(options, $"https://127.0.0.1:{raw.Port}/push");

        outcome.Reason.ShouldBe("address-not-public");
        raw.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Send_TrustedOrigin_IsReached()
    {
        var script = service.On(context =>
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            return Task.CompletedTask;
        });

        (await sender.SendAsync(service.Options(), service.PlainOrigin + script.Path)).Result.ShouldBe(DeliveryResult.Accepted);
    }

    [Fact]
    public async Task Send_TrustedHttpsWithUnknownCertificate_IsTlsFailure()
    {
        var origin = $"https://localhost:{service.SecureAddress.Port}";

        var outcome = await sender.SendAsync(Sender.Trusting(origin), origin + "/push");

        outcome.Result.ShouldBe(DeliveryResult.Retry);
        outcome.Reason.ShouldBe("tls-failure");
    }

    [Fact]
    public async Task Send_RouteWithAnotherCertificate_IsTlsFailure()
    {
        var options = new PushClientOptions
        {
            Routes = new Dictionary<string, PushRoute>(StringComparer.Ordinal)
            {
                ["fcm.googleapis.com"] = new(service.SecureAddress, new string('0', 64)),
            },
        };

        (await sender.SendAsync(options, "https://fcm.googleapis.com/push")).Reason.ShouldBe("tls-failure");
    }

    [Fact]
    public async Task Send_PlainHttpToARoutedHost_IsRejected()
    {
        var outcome = await sender.SendAsync(service.Options(), "http://fcm.googleapis.com/push");

        outcome.Reason.ShouldBe("plain-http");
    }
}
