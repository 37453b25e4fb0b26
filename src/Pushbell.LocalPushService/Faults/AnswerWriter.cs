using System.IO.Compression;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Pushbell.LocalPushService.Faults;

/// <summary>Puts a scripted answer, or its misbehaviour, on the wire.</summary>
internal sealed class AnswerWriter(LocalPushOptions options, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const int RefusedStream = 0x7;
    private const int AnnouncedLength = 4096;
    private const int DecompressedLength = 16 * 1024 * 1024;

    public async Task WriteAsync(ScriptedAnswer answer, HttpContext context)
    {
        // A fault lasts until the client gives up or this service stops, whichever is first.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(options.Latency, clock, end.Token);
            WriteHead(answer, context.Response);
            await WriteRestAsync(answer, context, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private static void WriteHead(ScriptedAnswer answer, HttpResponse response)
    {
        response.StatusCode = answer.StatusOnTheWire ?? StatusCodes.Status500InternalServerError;
        foreach (var (name, value) in answer.Headers ?? new Dictionary<string, string>())
            response.Headers[name] = value;
        if (answer.RetryAfter is not null)
            response.Headers.RetryAfter = answer.RetryAfter;
    }

    private async Task WriteRestAsync(ScriptedAnswer answer, HttpContext context, CancellationToken cancellationToken)
    {
        var response = context.Response;
        switch (answer.Fault)
        {
            case null:
                await WriteBodyAsync(answer, response, cancellationToken);
                break;
            case Fault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
                break;
            case Fault.HangInBody:
                response.ContentLength = AnnouncedLength;
                await response.Body.FlushAsync(cancellationToken);
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
                break;
            case Fault.Reset:
                context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().Abort();
                break;
            case Fault.Redirect:
                response.Headers.Location = "/sink/redirected";
                break;
            case Fault.Drip:
                await DripAsync(response, cancellationToken);
                break;
            case Fault.Endless:
                await PourAsync(response, cancellationToken);
                break;
            case Fault.Compressed:
                await WriteCompressedAsync(response, cancellationToken);
                break;
            case Fault.RefusedStream when context.Features.Get<IHttpResetFeature>() is { } stream:
                stream.Reset(RefusedStream);
                break;
            case Fault.RefusedStream:
                context.Abort();
                break;
            case Fault.GoAway:
                context.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().RequestClose();
                await WriteBodyAsync(answer, response, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"Unknown fault {answer.Fault}.");
        }
    }

    private static Task WriteBodyAsync(ScriptedAnswer answer, HttpResponse response, CancellationToken cancellationToken) =>
        answer.Body is null ? Task.CompletedTask : response.WriteAsync(answer.Body, cancellationToken);

    private async Task DripAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        while (true)
        {
            await response.Body.WriteAsync("."u8.ToArray(), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
        }
    }

    private static async Task PourAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var chunk = new byte[16 * 1024];
        while (true)
            await response.Body.WriteAsync(chunk, cancellationToken);
    }

    private static async Task WriteCompressedAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Optimal, leaveOpen: true);
        var zeros = new byte[DecompressedLength / 16];
        for (var written = 0; written < DecompressedLength; written += zeros.Length)
            await gzip.WriteAsync(zeros, cancellationToken);
    }
}
