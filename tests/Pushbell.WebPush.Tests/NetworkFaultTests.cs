using System.Net;
using System.Net.Sockets;
using Pushbell.WebPush.Tests.PushServices;

namespace Pushbell.WebPush.Tests;

/// <summary>Networks that break and peers that fall silent: an outcome each time, in bounded time, after one connection.</summary>
public sealed class NetworkFaultTests : IDisposable
{
    private readonly Sender sender = new();

    public void Dispose() => sender.Dispose();

    [Fact]
    public async Task Send_NobodyListens_IsConnectRefused()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var origin = $"http://127.0.0.1:{((IPEndPoint)closed.LocalEndPoint!).Port}";

        ShouldBeRetry(await sender.SendAsync(Sender.Trusting(origin), origin), "connect-refused");
    }

    [Fact]
    public async Task Send_HostUnknown_IsDnsFailure() =>
        ShouldBeRetry(await sender.SendAsync(new PushClientOptions(), "https://no-such-host.invalid"), "dns-failure");

    [Fact]
    public async Task Send_ConnectionReset_IsConnectionReset()
    {
        await using var raw = new RawPushService(
            (socket, _) =>
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Close();
                return Task.CompletedTask;
            }
        );

        ShouldBeRetry(await SendAsync(raw), "connection-reset");
        raw.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Send_ConnectionClosedWithoutAnswer_IsConnectionClosed()
    {
        await using var raw = new RawPushService(
            (socket, _) =>
            {
                socket.Shutdown(SocketShutdown.Both);
                return Task.CompletedTask;
            }
        );

        ShouldBeRetry(await SendAsync(raw), "connection-closed");
        raw.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Send_AnswerIsNoHttp_IsBadAnswer()
    {
        await using var raw = new RawPushService((socket, stop) => RawPushService.AnswerAsync(socket, "SSH-2.0-OpenSSH_9.2\r\n\r\n", stop));

        ShouldBeRetry(await SendAsync(raw), "bad-answer");
    }

    [Fact]
    public async Task Send_EndlessHeaders_IsBadAnswer()
    {
        await using var raw = new RawPushService(
            async (socket, stop) =>
            {
                await RawPushService.AnswerAsync(socket, "HTTP/1.1 201 Created\r\n", stop);
                while (true)
                {
                    await RawPushService.AnswerAsync(socket, "X-Filler: 0123456789012345678901234567890123456789\r\n", stop);
                }
            }
        );

        ShouldBeRetry(await SendAsync(raw), "bad-answer");
    }

    [Fact]
    public async Task Send_NeverAnswered_TimesOutByTheClock()
    {
        await using var raw = new RawPushService((_, stop) => RawPushService.HangAsync(stop));

        ShouldBeRetry(await SendAndPassTimeAsync(raw), "timeout");
    }

    [Fact]
    public async Task Send_HangsWithinTheHeaders_TimesOutByTheClock()
    {
        await using var raw = new RawPushService(
            async (socket, stop) =>
            {
                await RawPushService.AnswerAsync(socket, "HTTP/1.1 201 Crea", stop);
                await RawPushService.HangAsync(stop);
            }
        );

        ShouldBeRetry(await SendAndPassTimeAsync(raw), "timeout");
    }

    /// <summary>By the system's clock, which is the one that the handler knows.</summary>
    [Fact]
    public async Task Send_HandshakeHangs_IsConnectTimeout()
    {
        await using var raw = new RawPushService((_, stop) => RawPushService.HangAsync(stop));
        var options = new PushClientOptions
        {
            Routes = new Dictionary<string, PushRoute>(StringComparer.Ordinal)
            {
                ["push.example.net"] = new(new IPEndPoint(IPAddress.Loopback, raw.Port), new string('0', 64)),
            },
            ConnectTimeout = TimeSpan.FromMilliseconds(200),
        };

        ShouldBeRetry(await sender.SendAsync(options, "https://push.example.net/push"), "connect-timeout");
    }

    [Fact]
    public async Task Send_BodyBreaksOff_KeepsItsStatus()
    {
        await using var raw = new RawPushService(
            (socket, stop) => RawPushService.AnswerAsync(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 4000\r\n\r\nxyz", stop)
        );

        var outcome = await SendAsync(raw);

        outcome.Result.ShouldBe(DeliveryResult.Rejected);
        outcome.Reason.ShouldBe("bad-request");
    }

    [Fact]
    public async Task Send_AcceptedWithASlowBody_DoesNotWaitForIt()
    {
        await using var raw = new RawPushService(
            async (socket, stop) =>
            {
                await RawPushService.AnswerAsync(socket, "HTTP/1.1 201 Created\r\nContent-Length: 4000\r\n\r\nx", stop);
                await RawPushService.HangAsync(stop);
            }
        );

        (await SendAsync(raw)).Result.ShouldBe(DeliveryResult.Accepted);
    }

    [Fact]
    public async Task Send_CallerCancels_Throws()
    {
        await using var raw = new RawPushService((_, stop) => RawPushService.HangAsync(stop));
        using var cancel = new CancellationTokenSource();
        var sending = sender.SendAsync(Sender.Trusting(raw.Origin), raw.Origin + "/push", cancellationToken: cancel.Token);
        await raw.Reached.Task;

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Send_CallerCancelsWithinTheBody_Throws()
    {
        await using var raw = new RawPushService(
            async (socket, stop) =>
            {
                await RawPushService.AnswerAsync(socket, "HTTP/1.1 410 Gone\r\nContent-Length: 4000\r\n\r\nx", stop);
                await RawPushService.HangAsync(stop);
            }
        );
        using var cancel = new CancellationTokenSource();
        var sending = sender.SendAsync(Sender.Trusting(raw.Origin), raw.Origin + "/push", cancellationToken: cancel.Token);
        await raw.Reached.Task;

        // Nothing tells from outside when the head has been read; too early only makes this the test above.
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sending);
    }

    private static void ShouldBeRetry(DeliveryOutcome outcome, string reason) =>
        outcome.ShouldBe(
            new DeliveryOutcome
            {
                Result = DeliveryResult.Retry,
                StatusCode = 0,
                Reason = reason,
            }
        );

    private Task<DeliveryOutcome> SendAsync(RawPushService raw) => sender.SendAsync(Sender.Trusting(raw.Origin), raw.Origin + "/push");

    private async Task<DeliveryOutcome> SendAndPassTimeAsync(RawPushService raw)
    {
        var sending = SendAsync(raw);
        await raw.Reached.Task;
        sender.Clock.Advance(TimeSpan.FromSeconds(14.9));
        sending.IsCompleted.ShouldBeFalse();
        sender.Clock.Advance(TimeSpan.FromSeconds(0.1));
        return await sending;
    }
}
