using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.KillHarness.Audiences;
using Pushbell.KillHarness.Nodes;

namespace Pushbell.KillHarness.Workloads;

/// <summary>A backend that calls the service over HTTP.</summary>
internal sealed class Api : IDisposable
{
    private const int PageSize = 1_000;

    /// <summary>Long enough for the deliveries to come through all faults; what waits for a moody push service may run out of it.</summary>
    private const int TtlSeconds = 90;

    private readonly HttpClient http = new();

    /// <summary>Where the service is to be found at present; null before its first start.</summary>
    public Uri? Node { get; set; }

    /// <summary>Registers a device as /v1 does.</summary>
    public async Task SubscribeAsync(Device device)
    {
        var subscription = device.Subscription;
        var keys = new { p256dh = subscription.P256dh, auth = subscription.Auth };
        var body = new { email = device.Email, subscription = new { endpoint = subscription.Endpoint, keys } };
        using var request = Request(HttpMethod.Post, "/v1/subscribe", body);
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Sends, and notes the answer in the send. A broken connection is an answer too.</summary>
    public async Task SendAsync(Send send)
    {
        using var request = RequestFor(send);
        if (send.Key is not null)
        {
            request.Headers.Add("Idempotency-Key", send.Key);
        }

        try
        {
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            send.Add(new Attempt((int)response.StatusCode, RequestIdOf(text), text));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            send.Add(new Attempt(Status: null, RequestId: null, exception.Message));
        }
    }

    /// <summary>Every request that the service knows.</summary>
    public IAsyncEnumerable<JsonElement> RequestsAsync() => PagesAsync("/v2/push/requests", "requests");

    /// <summary>Every recipient of a request, from the ledger.</summary>
    public IAsyncEnumerable<JsonElement> DeliveriesAsync(string request) => PagesAsync($"/v2/push/requests/{request}/deliveries", "deliveries");

    public void Dispose() => http.Dispose();

    private HttpRequestMessage RequestFor(Send send)
    {
        const string Text = "Sent by the kill harness.";
        var ids = send.Targets.Select(device => device.RegistrationId);
        return send.Kind switch
        {
            SendKind.Person => Request(HttpMethod.Post, "/v1/send", new { email = send.Targets[0].Email, title = send.Marker, body = Text }),
            SendKind.Broadcast => V2Send(new { title = send.Marker, body = Text, ttl = TtlSeconds, topic = send.Marker, target_all = true }),
            _ => V2Send(
                new
                {
                    title = send.Marker,
                    body = Text,
                    ttl = TtlSeconds,
                    topic = send.Marker,
                    target_registration_ids = ids,
                    async_mode = send.Kind == SendKind.FewQueued,
                }
            ),
        };
    }

    private HttpRequestMessage V2Send(object body) => Request(HttpMethod.Post, "/v2/push/send", body);

    private HttpRequestMessage Request(HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, new Uri(Node!, path)) { Content = body is null ? null : JsonContent.Create(body) };
        var (header, key) = path.StartsWith("/v1", StringComparison.Ordinal)
            ? ("X-Api-Key", Installation.ApiKey)
            : ("X-Secret-Key", Installation.SecretKey);
        request.Headers.Add(header, key);
        return request;
    }

    private async IAsyncEnumerable<JsonElement> PagesAsync(string path, string list)
    {
        string? next = null;
        do
        {
            using var request = Request(HttpMethod.Get, $"{path}?limit={PageSize}{(next is null ? "" : $"&after={next}")}");
            using var response = await http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            var page = await response.Content.ReadFromJsonAsync<JsonElement>();
            foreach (var entry in page.GetProperty(list).EnumerateArray())
            {
                yield return entry;
            }

            next = page.GetProperty("next").GetString();
        } while (next is not null);
    }

    private static string? RequestIdOf(string text)
    {
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } answer && answer.TryGetProperty("request_id", out var id)
                ? id.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
