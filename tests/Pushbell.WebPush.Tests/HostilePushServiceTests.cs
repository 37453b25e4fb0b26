using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Pushbell.WebPush.Tests.PushServices;

namespace Pushbell.WebPush.Tests;

/// <summary>Push services that answer, but not as they should: bounded reading, no detours, one POST.</summary>
public sealed class HostilePushServiceTests(ScriptedPushService service) : IClassFixture<ScriptedPushService>, IDisposable
{
    private readonly Sender sender = new();

    public void Dispose() => sender.Dispose();

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

        var outcome = await sender.SendAsync(service.Options(), service.PlainOrigin + script.Path);

        outcome.StatusCode.ShouldBe(status);
        await cutOff.Task.WaitAsync(Sender.Patience);
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

        (await sender.SendAsync(service.Options(), "https://web.push.apple.com" + script.Path)).Reason.ShouldBe("bad-request");
    }

    [Fact]
    public async Task Send_ReasonBehindFourKibibytes_IsNotRead()
    {
        var script = service.On(async context =>
        {
            context.Response.StatusCode = 400;
            await context.Response.Body.WriteAsync(
                Encoding.ASCII.GetBytes($$"""{"filler":"{{new string('x', 4096)}}","reason":"BadTtl"}""")
            );
        });

        (await sender.SendAsync(service.Options(), "https://web.push.apple.com" + script.Path)).Reason.ShouldBe("bad-request");
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

        var outcome = await sender.SendAsync(service.Options(), service.PlainOrigin + script.Path);

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

        var outcome = await sender.SendAsync(service.Options(), "https://push.example.net" + script.Path);

        outcome.Result.ShouldBe(DeliveryResult.Retry);
        outcome.StatusCode.ShouldBe(0);
        outcome.Reason.ShouldBe(reason);
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

        var outcomes = await sender.SendAsync(service.Options(), "https://push.example.net" + script.Path, count: 20);

        outcomes.ShouldAllBe(outcome => outcome.Result == DeliveryResult.Retry && outcome.StatusCode == 0);
        script.Requests.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Send_GoAwayMidBatch_LosesAndDoublesNothing()
    {
        var script = service.On(context =>
        {
            context.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().RequestClose();
            context.Response.StatusCode = 201;
            return Task.CompletedTask;
        });

        var outcomes = await sender.SendAsync(service.Options(), "https://push.example.net" + script.Path, count: 50);

        outcomes.ShouldAllBe(outcome => outcome.Result == DeliveryResult.Accepted || outcome.Result == DeliveryResult.Retry);
        outcomes.ShouldContain(outcome => outcome.Result == DeliveryResult.Accepted);
        script.Requests.Count.ShouldBe(outcomes.Count(outcome => outcome.Result == DeliveryResult.Accepted));
    }
}
