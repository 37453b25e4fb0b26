using System.Text.Json.Serialization;

namespace Pushbell.LocalPushService.Counting;

/// <summary>The counters over HTTP, and the sink that does nothing but count.</summary>
internal sealed class CounterEndpoints(Counters counters, LocalPushOptions options, TimeProvider clock)
{
    private static readonly PathString SinkPath = new("/sink");

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/counters", context => context.Response.WriteAsJsonAsync(
            counters, CountersJson.Default.Counters, cancellationToken: context.RequestAborted));
        routes.MapDelete("/counters", context =>
        {
            counters.Reset();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// POST /sink/… before routing and anything else, for millions of messages.
    /// The body is read: an answer before its end would reset the HTTP/2 stream.
    /// </summary>
    public async Task SinkAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments(SinkPath, StringComparison.Ordinal) || !HttpMethods.IsPost(context.Request.Method))
        {
            await next(context);
            return;
        }

        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(context.RequestAborted);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        await Task.Delay(options.Latency, clock, context.RequestAborted);
        counters.Sank();
        context.Response.StatusCode = StatusCodes.Status201Created;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Counters))]
internal sealed partial class CountersJson : JsonSerializerContext;
