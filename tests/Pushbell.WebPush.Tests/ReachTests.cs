using System.Net;
using Pushbell.WebPush.Tests.PushServices;

namespace Pushbell.WebPush.Tests;

public sealed class ReachTests(ScriptedPushService service) : IClassFixture<ScriptedPushService>
{
    [Fact]
    public async Task Reach_OfATrustedOrigin_TellsItsTime()
    {
        var result = await ReachAsync(Sender.Trusting(service.PlainOrigin), service.PlainOrigin);

        result.Problem.ShouldBeNull();
        result.Date.ShouldNotBeNull();
    }

    [Fact]
    public async Task Reach_OfARoutedHost_GoesWhereTheRouteLeads()
    {
        var options = new PushClientOptions
        {
            Routes = new Dictionary<string, PushRoute> { ["fcm.googleapis.com"] = new(service.SecureAddress, service.CertificateSha256) },
        };

        (await ReachAsync(options, "https://fcm.googleapis.com")).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Reach_OfAnOriginThatIsNotTrusted_IsRefusedAsAnEndpointIs()
    {
        (await ReachAsync(new PushClientOptions(), service.PlainOrigin)).Problem.ShouldBe("plain-http");
        (await ReachAsync(new PushClientOptions(), $"https://127.0.0.1:{service.SecureAddress.Port}")).Problem.ShouldBe("address-not-public");
    }

    [Fact]
    public async Task Reach_OfNobody_IsAWord()
    {
        var port = FreePort();
        (await ReachAsync(Sender.Trusting($"http://127.0.0.1:{port}"), $"http://127.0.0.1:{port}")).ShouldBe(new ReachResult("connect-refused"));
    }

    [Fact]
    public async Task Reach_OfWhoNeverAnswers_EndsByItself()
    {
        await using var silent = new RawPushService((_, cancellation) => RawPushService.HangAsync(cancellation));
        using var sender = new Sender();
        using var client = new PushClient(Sender.Trusting(silent.Origin), sender.Clock);

        var reaching = client.ReachAsync(new Uri(silent.Origin), CancellationToken.None);
        await silent.Reached.Task.WaitAsync(Sender.Patience);
        sender.Clock.Advance(new PushClientOptions().AttemptTimeout);

        (await reaching.WaitAsync(Sender.Patience)).ShouldBe(new ReachResult("timeout"));
    }

    [Fact]
    public void KnownOrigins_AreOneOfEachProfile() =>
        PushServiceProfile.KnownOrigins.Select(origin => PushServiceProfile.ForHost(origin.IdnHost)!.Name).ShouldBe(["fcm", "mozilla", "apple", "wns"]);

    private static async Task<ReachResult> ReachAsync(PushClientOptions options, string origin)
    {
        using var client = new PushClient(options, TimeProvider.System);
        return await client.ReachAsync(new Uri(origin), CancellationToken.None).WaitAsync(Sender.Patience);
    }

    /// <summary>A port that was free a moment ago: nobody listens there.</summary>
    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
