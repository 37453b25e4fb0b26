using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.V2.Stories;

/// <summary>One customer of /v2/push, with one key.</summary>
internal sealed class Api(RunningServer server, string key = RunningServer.SecretKey)
{
    public Task<Reply> GetAsync(string path) => CallAsync(HttpMethod.Get, path, null, []);

    public Task<Reply> DeleteAsync(string path) => CallAsync(HttpMethod.Delete, path, null, []);

    /// <summary>Sends to registrations; <paramref name="more"/> are further fields of the body.</summary>
    public Task<Reply> SendAsync(IEnumerable<RegisteredClient> to, params (string Name, object Value)[] more) =>
        PostAsync("/send", Body(to, more));

    public Task<Reply> SendOnceAsync(string idempotencyKey, IEnumerable<RegisteredClient> to, params (string Name, object Value)[] more) =>
        PostAsync("/send", Body(to, more), ("Idempotency-Key", idempotencyKey));

    public Task<Reply> PostAsync(string path, object body, params (string Name, string Value)[] headers) =>
        CallAsync(HttpMethod.Post, path, body, headers);

    /// <summary>The request as it stands, once nothing is pending any more.</summary>
    /// <param name="request">Its id.</param>
    /// <param name="clock">Moved on meanwhile.</param>
    public async Task<Reply> CompletedAsync(string request, ManualTimeProvider? clock = null)
    {
        Reply? last = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                last = await GetAsync("/requests/" + request);
                return last.Text("status") == "completed";
            },
            clock
        );
        return last!;
    }

    private static Dictionary<string, object> Body(IEnumerable<RegisteredClient> to, (string Name, object Value)[] more)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["title"] = "Hello!", ["body"] = "World" };
        body["target_registration_ids"] = to.Select(client => client.Id);
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return body;
    }

    private async Task<Reply> CallAsync(HttpMethod method, string path, object? body, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/v2/push" + path);
        request.Headers.Add("X-Secret-Key", key);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await server.Http.SendAsync(request);
        return new Reply(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase)
        );
    }
}

/// <summary>An answer, read to its end.</summary>
internal sealed record Reply(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The body with ids named by their kind.</summary>
    public string Golden => Conformance.Golden.NameIds(Body);

    public string? Text(string property) => Json.GetProperty(property).GetString();

    public int Number(string property) => Json.GetProperty(property).GetInt32();

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public void ShouldBe(Answer expected)
    {
        Golden.ShouldBe(expected.Body);
        Status.ShouldBe(expected.Status);
    }
}
