using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pushbell.LocalPushService.PushResource;

namespace Pushbell.LocalPushService.VirtualSubscriptions;

/// <summary>The HTTP API of virtual subscriptions. Bodies are JSON whatever their Content-Type says: made for curl.</summary>
internal sealed class VirtualSubscriptionEndpoints(VirtualSubscriptionSet virtualSubscriptions, Subscriptions subscriptions, Listeners listeners)
{
    private const int FlushEvery = 64 * 1024;
    private static readonly VirtualSubscriptionJson Json = VirtualSubscriptionJson.Default;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/subscriptions");
        group.MapPost("", Guarded(CreateAsync));
        group.MapPost("/bulk", Guarded(CreateManyAsync));
        group.MapGet("", CountMessagesAsync);
        group.MapGet("/{id}/messages", ListMessagesAsync);
        group.MapPut("/{id}/script", Guarded(ScriptAsync));
        group.MapDelete("/{id}", Remove);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var request = await ReadAsync(context.Request, Json.CreationRequest);
        var created = virtualSubscriptions.Create(OriginFor(context.Request), request?.ApplicationServerKey);
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"/subscriptions/{created.Id}";
        await WriteAsync(context.Response, CreatedSubscription.Of(created), Json.CreatedSubscription);
    }

    private async Task CreateManyAsync(HttpContext context)
    {
        var request = await ReadAsync(context.Request, Json.BulkRequest);
        if (request is not { Count: >= 0, GoneRatio: >= 0 and <= 1 })
        {
            await Refusal.Header(0, "A count is needed; gone_ratio lies between 0 and 1.").WriteAsync(context.Response);
            return;
        }

        var created = virtualSubscriptions.CreateMany(
            OriginFor(context.Request), request.ApplicationServerKey, request.Count, request.GoneRatio);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await WriteLinesAsync(context, created.Select(CreatedSubscription.Of), Json.CreatedSubscription);
    }

    private Task CountMessagesAsync(HttpContext context) => WriteLinesAsync(
        context, virtualSubscriptions.All.Select(subscription => new MessageCount(subscription.Id, subscription.MessageCount)), Json.MessageCount);

    private async Task ListMessagesAsync(HttpContext context)
    {
        if (virtualSubscriptions.Find(Id(context)) is { } subscription)
            await WriteAsync(context.Response, subscription.Messages.Select(DecryptedMessage.Of), Json.IEnumerableDecryptedMessage);
        else
            await Refusal.UnknownSubscription.WriteAsync(context.Response);
    }

    private async Task ScriptAsync(HttpContext context)
    {
        if (subscriptions.Find(Id(context)) is not { } subscription)
        {
            await Refusal.UnknownSubscription.WriteAsync(context.Response);
            return;
        }

        subscription.Script(await ReadAsync(context.Request, Json.ScriptedAnswerArray) ?? []);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task Remove(HttpContext context)
    {
        if (subscriptions.Find(Id(context)) is not { } subscription)
        {
            await Refusal.UnknownSubscription.WriteAsync(context.Response);
            return;
        }

        subscription.Remove();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The endpoint is made for the scheme by which it was asked for.</summary>
    private Uri OriginFor(HttpRequest request) => request.IsHttps ? listeners.Https : listeners.Http;

    private static string Id(HttpContext context) => (string)context.GetRouteValue("id")!;

    /// <summary>Turns what is wrong with a body into a 400 that says it.</summary>
    private static RequestDelegate Guarded(RequestDelegate handler) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (Exception e) when (e is JsonException or ArgumentException && !context.Response.HasStarted)
        {
            await Refusal.Header(0, e.Message).WriteAsync(context.Response);
        }
    };

    private static async Task<T?> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.Length == 0 ? null : JsonSerializer.Deserialize(body.ToArray(), type);
    }

    private static Task WriteAsync<T>(HttpResponse response, T value, JsonTypeInfo<T> type) =>
        response.WriteAsJsonAsync(value, type, cancellationToken: response.HttpContext.RequestAborted);

    /// <summary>One JSON value a line, while they are made.</summary>
    private static async Task WriteLinesAsync<T>(HttpContext context, IEnumerable<T> values, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/x-ndjson";
        var output = context.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(output);
        foreach (var value in values)
        {
            JsonSerializer.Serialize(json, value, type);
            json.Flush();
            json.Reset();
            output.Write("\n"u8);
            if (output.UnflushedBytes >= FlushEvery)
                await output.FlushAsync(context.RequestAborted);
        }
    }
}
