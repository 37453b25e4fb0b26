using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Pushbell.Testing;
using Pushbell.WebPush.Tests.PushServices;

namespace Pushbell.WebPush.Tests;

/// <summary>Networks that break and push services that misbehave: an outcome each time, in bounded time, after one POST.</summary>
public sealed class PushClientFaultTests(ScriptedPushService service) : IClassFixture<ScriptedPushService>, IDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly Browser browser = new();
    private readonly VapidIdentity identity = new(VapidKeys.Generate(), "mailto:ops@example.com");

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task Send_NobodyListens_IsConnectRefused()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var origin = $"http://127.0.0.1:{((IPEndPoint)closed.LocalEndPoint!).Port}";

        ShouldBeRetry(await SendAsync(origin), "connect-refused");
    }

    [Fact]
    public async Task Send_HostUnknown_IsDnsFailure() => ShouldBeRetry(await SendAsync("https://no-such-host.invalid"), "dns-failure");

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

        ShouldBeRetry(await SendAsync(raw.Origin), "connection-reset");
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

        ShouldBeRetry(await SendAsync(raw.Origin), "connection-closed");
        raw.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Send_AnswerIsNoHttp_IsBadAnswer()
    {
        await using var raw = new RawPushService((socket, stop) => RawPushService.AnswerAsync(socket, "SSH-2.0-OpenSSH_9.2\r\n\r\n", stop));

        ShouldBeRetry(await SendAsync(raw.Origin), "bad-answer");
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

        ShouldBeRetry(await SendAsync(raw.Origin), "bad-answer");
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

    [Fact]
    public async Task Send_BodyDripsWithoutEnd_KeepsItsStatusWhenTimeIsUp()
    {
        await using var raw = new RawPushService(
            async (socket, stop) =>
            {
                await RawPushService.AnswerAsync(socket, "HTTP/1.1 410 Gone\r\nContent-Length: 4000\r\n\r\nx", stop);
                await RawPushService.HangAsync(stop);
            }
        );

        var outcome = await SendAndPassTimeAsync(raw);

        outcome.Result.ShouldBe(DeliveryResult.Gone);
        outcome.StatusCode.ShouldBe(410);
    }

    [Fact]
    public async Task Send_BodyBreaksOff_KeepsItsStatus()
    {
        await using var raw = new RawPushService(
            (socket, stop) => RawPushService.AnswerAsync(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 4000\r\n\r\nxyz", stop)
        );

        var outcome = await SendAsync(raw.Origin);

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

        (await SendAsync(raw.Origin)).Result.ShouldBe(DeliveryResult.Accepted);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(201)]
    public async Task Send_EndlessBody_IsCutOff(int status)
    {
        var cutOff = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = service.On(async context =>
        {
            context.Response.StatusCode = status;
            try
            {
                while (true)
                {
                    await context.Response.Body.WriteAsync(new byte[8192], context.RequestAborted);
                }
            }
            finally
            {
                cutOff.SetResult();
            }
        });

        var outcome = await SendAsync(service.PlainOrigin, script.Path);

        outcome.StatusCode.ShouldBe(status);
        await cutOff.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Send_CompressedRefusal_IsNotUnpacked()
    {
        var script = service.On(async context =>
        {
            context.Response.StatusCode = 400;
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.SmallestSize);
            await gzip.WriteAsync("""{"reason":"BadTtl"}"""u8.ToArray());
        });

        (await SendAsync("https://web.push.apple.com", script.Path)).Reason.ShouldBe("bad-request");
    }

    [Fact]
    public async Task Send_ReasonBehindFourKibibytes_IsNotRead()
    {
        var script = service.On(async context =>
        {
            context.Response.StatusCode = 400;
            await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes($$"""{"filler":"{{new string('x', 4096)}}","reason":"BadTtl"}"""));
        });

        (await SendAsync("https://web.push.apple.com", script.Path)).Reason.ShouldBe("bad-request");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Send_Redirect_IsRejectedAndNotFollowed(int status)
    {
        var target = service.On(_ => Task.CompletedTask);
        var script = service.On(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = service.PlainOrigin + target.Path;
            return Task.CompletedTask;
        });

        var outcome = await SendAsync(service.PlainOrigin, script.Path);

        outcome.Result.ShouldBe(DeliveryResult.Rejected);
        outcome.Reason.ShouldBe("redirected");
        target.Requests.ShouldBeEmpty();
    }

    /// <summary>HTTP/2 error codes of RFC 9113 §7; the handler by itself would send four times after REFUSED_STREAM.</summary>
    [Theory]
    [InlineData(0x7, "stream-refused")]
    [InlineData(0x2, "bad-answer")]
    [InlineData(0x8, "bad-answer")]
    public async Task Send_StreamReset_IsOnePostAndARetry(int errorCode, string reason)
    {
        var script = service.On(context =>
        {
            context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(errorCode);
            return Task.CompletedTask;
        });

        ShouldBeRetry(await SendAsync("https://push.example.net", script.Path), reason);
        script.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Send_ConnectionAbortedMidBatch_EndsEachAttemptOnce()
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = 0;
        var script = service.On(async context =>
        {
            if (Interlocked.Increment(ref waiting) == 20)
            {
                all.SetResult();
            }

            await all.Task;
            context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().Abort();
        });
        using var client = service.Client(clock);
        var subscription = browser.Subscribe("https://push.example.net" + script.Path);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => client.SendAsync(subscription, Message(), identity, TestContext.Current.CancellationToken))
        );

        outcomes.ShouldAllBe(outcome => outcome.Result == DeliveryResult.Retry && outcome.StatusCode == 0);
        script.Requests.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Send_CallerCancels_Throws()
    {
        await using var raw = new RawPushService((_, stop) => RawPushService.HangAsync(stop));
        using var client = Client(raw.Origin);
        using var cancel = new CancellationTokenSource();
        var sending = client.SendAsync(browser.Subscribe(raw.Origin + "/push"), Message(), identity, cancel.Token);
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
        using var client = Client(raw.Origin);
        using var cancel = new CancellationTokenSource();
        var sending = client.SendAsync(browser.Subscribe(raw.Origin + "/push"), Message(), identity, cancel.Token);
        await raw.Reached.Task;

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

    private static PushMessage Message() => new("hello"u8.ToArray(), TimeSpan.FromMinutes(1));

    private PushClient Client(string origin)
    {
        var options = service.Options();
        return new PushClient(options with { TrustedOrigins = new HashSet<string>(options.TrustedOrigins, StringComparer.Ordinal) { origin } }, clock);
    }

    private async Task<DeliveryOutcome> SendAsync(string origin, string path = "/push")
    {
        using var client = Client(origin);
        return await client.SendAsync(browser.Subscribe(origin + path), Message(), identity, TestContext.Current.CancellationToken);
    }

    private async Task<DeliveryOutcome> SendAndPassTimeAsync(RawPushService raw)
    {
        using var client = Client(raw.Origin);
        var sending = client.SendAsync(browser.Subscribe(raw.Origin + "/push"), Message(), identity, TestContext.Current.CancellationToken);
        await raw.Reached.Task;
        clock.Advance(TimeSpan.FromSeconds(14.9));
        sending.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.1));
        return await sending;
    }
}
