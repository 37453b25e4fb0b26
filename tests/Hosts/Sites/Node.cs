using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.Hosts.Tests.Networks;
using Pushbell.Testing;

namespace Pushbell.Hosts.Tests.Sites;

/// <summary>A server of the installation, on a host of its own.</summary>
internal sealed class Node : IAsyncDisposable
{
    /// <summary>Deliveries that it may have sent and not settled: what a cut may double.</summary>
    public const int Window = 128;

    private const int Port = 8080, PageSize = 1_000;
    private readonly HostProgram program;
    private readonly HttpClient http;

    /// <param name="host">Where.</param>
    /// <param name="settings">Environment variables.</param>
    public Node(NetworkHost host, IEnumerable<(string Name, string Value)> settings)
    {
        Host = host;
        var url = $"http://{host.Address}:{Port}";
        http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Add("X-Secret-Key", RunningServer.SecretKey);
        program = new HostProgram(host, settings.Append(("ASPNETCORE_URLS", url)), "pushbell");
    }

    public NetworkHost Host { get; }

    /// <summary>The last lines that it wrote.</summary>
    public string Output => program.Output;

    public Task StartedAsync() => program.AnswersAsync(http, "/health/ready");

    /// <summary>The status of /health/ready; null when there was no answer.</summary>
    public Task<int?> ReadinessAsync() => http.StatusAsync("/health/ready");

    /// <summary>Sends, and waits for the answer.</summary>
    /// <param name="body">Of the request.</param>
    /// <param name="key">An Idempotency-Key, perhaps.</param>
    /// <param name="cancellationToken">Hangs up.</param>
    public async Task<Answer> SendAsync(object body, string? key = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/push/send") { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return new Answer((int)response.StatusCode, await RunningServer.JsonOf(response));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return Answer.None;
        }
    }

    /// <summary>Asks until the send with this key has its answer, as a sane backend does.</summary>
    public async Task<Answer> InsistAsync(object body, string key)
    {
        var answer = Answer.None;
        await Eventually.HoldsAsync(async () => (answer = await SendAsync(body, key)).Status == 200);
        return answer;
    }

    /// <summary>Where a request stands.</summary>
    public Task<JsonElement> RequestAsync(string id) => http.GetFromJsonAsync<JsonElement>($"/v2/push/requests/{id}");

    public Task CompletedAsync(string id) =>
        Eventually.HoldsAsync(async () => (await RequestAsync(id)).GetProperty("status").GetString() == "completed", patience: TimeSpan.FromMinutes(1));

    /// <summary>The outcome of every recipient, from the ledger.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DeliveriesAsync(string id)
    {
        var deliveries = new Dictionary<string, string>();
        for (string? after = ""; after is not null;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"/v2/push/requests/{id}/deliveries?limit={PageSize}{after}");
            foreach (var delivery in page.GetProperty("deliveries").EnumerateArray())
            {
                // One that stands there twice must not go unseen.
                deliveries.Add(delivery.GetProperty("registration_id").GetString()!, delivery.GetProperty("outcome").GetString()!);
            }

            after = page.GetProperty("next").GetString() is { } next ? $"&after={next}" : null;
        }

        return deliveries;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await program.DisposeAsync();
    }
}

/// <summary>What came back of a send.</summary>
/// <param name="Status">Null when nothing came.</param>
/// <param name="Body">As JSON.</param>
internal sealed record Answer(int? Status, JsonElement Body)
{
    public static readonly Answer None = new(Status: null, default);

    public string RequestId => Body.GetProperty("request_id").GetString()!;

    /// <summary>Everything that it was for has ended.</summary>
    public bool IsCompleted => Status == 200 && Body.GetProperty("status").GetString() == "completed";
}
