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
    private const int TtlSeconds = 180;

    /// <summary>Who has a key asks elsewhere when he has waited so long; who has none can only wait.</summary>
    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(6), Patience = TimeSpan.FromSeconds(40);

    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private int turn;

    /// <summary>Where the service is to be found at present; empty before its first start. They are asked in turn.</summary>
    public IReadOnlyList<Uri> Nodes { get; set; } = [];

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

    /// <summary>
    /// Sends, and notes the answers in the send; a broken connection is an answer too. Who has a key asks the next node at once when he got
    /// no final answer, each of them once.
    /// </summary>
    public async Task SendAsync(Send send)
    {
        for (var asked = 0; asked == 0 || (asked < Nodes.Count && send.IsToBeRepeated); asked++)
        {
            send.Add(await AskAsync(send));
        }
    }

    /// <summary>Every request that the service knows.</summary>
    public IAsyncEnumerable<JsonElement> RequestsAsync() => PagesAsync("/v2/push/requests", "requests");

    /// <summary>Every recipient of a request, from the ledger.</summary>
    public IAsyncEnumerable<JsonElement> DeliveriesAsync(string request) => PagesAsync($"/v2/push/requests/{request}/deliveries", "deliveries");

    public void Dispose() => http.Dispose();

    private async Task<Attempt> AskAsync(Send send)
    {
        using var request = RequestFor(send);
        using var patience = new CancellationTokenSource(send.Key is null ? Patience : Impatience, TimeProvider.System);
        if (send.Key is not null)
        {
            request.Headers.Add("Idempotency-Key", send.Key);
        }

        try
        {
            using var response = await http.SendAsync(request, patience.Token);
            var text = await response.Content.ReadAsStringAsync(patience.Token);
            return new Attempt((int)response.StatusCode, RequestIdOf(text), text);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            return new Attempt(Status: null, RequestId: null, exception.Message);
        }
    }

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
        var nodes = Nodes;
        var node = nodes[(int)((uint)Interlocked.Increment(ref turn) % nodes.Count)];
        var request = new HttpRequestMessage(method, new Uri(node, path)) { Content = body is null ? null : JsonContent.Create(body) };
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
