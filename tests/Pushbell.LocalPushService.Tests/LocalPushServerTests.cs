using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pushbell.Testing;

namespace Pushbell.LocalPushService.Tests;

public sealed class LocalPushServerTests : LocalPushTest
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("fcm.googleapis.com")]
    [InlineData("jmt17.google.com")]
    [InlineData("updates.push.services.mozilla.com")]
    public async Task Certificate_TrustedAsRoot_IsValidForEveryName(string name)
    {
        using var trusted = X509Certificate2.CreateFromPem(await Http.GetStringAsync("certificate.pem"));
        using var tcp = new TcpClient("127.0.0.1", Server.HttpsUrl.Port);
        await using var tls = new SslStream(tcp.GetStream());

        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = name,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { trusted },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        });

        tls.IsAuthenticated.ShouldBeTrue();
        Server.CertificateSha256.ShouldBe(Convert.ToHexString(SHA256.HashData(trusted.RawData)));
    }

    [Fact]
    public async Task Get_Root_TellsBothBrowsersTheirSettings()
    {
        var text = await Http.GetStringAsync("/");

        text.ShouldContain(Server.FirefoxServerUrl.ToString());
        foreach (var flag in Server.ChromiumFlags)
            text.ShouldContain(flag);
        text.ShouldContain($"curl -X POST {Server.HttpUrl}subscriptions");
    }

    [Fact]
    public async Task Start_Twice_GivesTwoIndependentServices()
    {
        await using var second = await LocalPushServer.StartAsync(
            new LocalPushOptions { HttpPort = 0, HttpsPort = 0, MessageServicePort = 0 }, Clock, TestContext.Current.CancellationToken);

        second.CertificateSha256.ShouldNotBe(Server.CertificateSha256);
        second.CreateSubscription().Endpoint.ShouldStartWith($"{second.HttpUrl}push/");
        using var answer = await Http.SendAsync(Sender.Push(new Uri(Server.HttpUrl, $"push/{second.CreateSubscription().Id}"), []));
        ((int)answer.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Start_PortTaken_Throws()
    {
        var taken = new LocalPushOptions { HttpPort = Server.HttpUrl.Port, HttpsPort = 0, MessageServicePort = 0 };

        await Should.ThrowAsync<IOException>(() => LocalPushServer.StartAsync(taken, Clock, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Start_AtAnAddress_ListensThere()
    {
        var elsewhere = new LocalPushOptions { Address = IPAddress.Parse("127.0.0.2"), HttpPort = 0, HttpsPort = 0, MessageServicePort = 0 };
        await using var other = await LocalPushServer.StartAsync(elsewhere, Clock, TestContext.Current.CancellationToken);

        other.HttpUrl.Host.ShouldBe("127.0.0.2");
        other.CreateSubscription().Endpoint.ShouldStartWith(other.HttpUrl.ToString());
        using var http = new HttpClient();
        (await http.GetStringAsync(other.HttpUrl)).ShouldContain(other.HttpUrl.ToString());
    }

    [Fact]
    public async Task Push_WithLatency_IsTakenAtOnceAndAnsweredLater()
    {
        var slow = new LocalPushOptions { HttpPort = 0, HttpsPort = 0, MessageServicePort = 0, RequireVapid = false, Latency = TimeSpan.FromSeconds(2) };
        await using var other = await LocalPushServer.StartAsync(slow, Clock, TestContext.Current.CancellationToken);
        var subscription = other.CreateSubscription();

        var answering = Http.SendAsync(Sender.Push(new Uri(subscription.Endpoint), []));
        await subscription.NextMessageAsync(TimeSpan.FromSeconds(30));

        answering.IsCompleted.ShouldBeFalse();
        await Eventually.HoldsAsync(() => Task.FromResult(answering.IsCompleted), Clock);
        using var answer = await answering;
        ((int)answer.StatusCode).ShouldBe(201);
    }

    [Fact]
    public void Parse_Arguments_AreReadOrRefused()
    {
        CommandLine.Parse([]).ShouldBe(new LocalPushOptions());
        CommandLine.Parse(["--http-port=1", "--https-port=2", "--message-service-port=0", "--require-vapid=false"])
            .ShouldBe(new LocalPushOptions { HttpPort = 1, HttpsPort = 2, MessageServicePort = 0, RequireVapid = false });
        CommandLine.Parse(["--address=10.1.2.3", "--latency-ms=250"])
            .ShouldBe(new LocalPushOptions { Address = IPAddress.Parse("10.1.2.3"), Latency = TimeSpan.FromMilliseconds(250) });
        CommandLine.Parse(["--address=nowhere"]).ShouldBeNull();
        CommandLine.Parse(["--latency-ms=-1"]).ShouldBeNull();
        CommandLine.Parse(["--http-port=70000"]).ShouldBeNull();
        CommandLine.Parse(["--http-port"]).ShouldBeNull();
        CommandLine.Parse(["--what=1", "--http-port=1"]).ShouldBeNull();
    }
}
