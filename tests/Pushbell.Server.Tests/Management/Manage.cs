using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

/// <summary>Somebody who calls /manage: nobody, an account with its session, or a management key. Keeps its cookie by itself, as a browser would.</summary>
internal sealed class Manage : IDisposable
{
    private readonly HttpClient http;
    private readonly string? key;

    private Manage(RunningServer server, string? key)
    {
        http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Url };
        this.key = key;
    }

    /// <summary>The session's cookie as <c>name=value</c>; null: none.</summary>
    public string? Cookie { get; set; }

    public string? CsrfToken { get; set; }

    /// <summary>What signing in was answered with.</summary>
    public JsonElement Session { get; private set; }

    public static Manage Nobody(RunningServer server) => new(server, key: null);

    public static Manage WithKey(RunningServer server, string key) => new(server, key);

    public static async Task<Manage> SignedInAsync(RunningServer server, string email, string password, string? code = null)
    {
        var manage = Nobody(server);
        (await manage.SignInAsync(email, password, code)).Status.ShouldBe(200);
        return manage;
    }

    public Task<Reply> SignInAsync(string email, string password, string? code = null) =>
        BeginAsync("/session", new { email, password, code });

    public Task<Reply> UseLinkAsync(string link, string password, string? code = null) =>
        BeginAsync("/links/use", new { token = TokenOf(link), password, code });

    /// <summary>What stands behind <c>#/link/</c>.</summary>
    public static string TokenOf(string link) => link.Split("#/link/")[1];

    public Task<Reply> GetAsync(string path) => CallAsync(HttpMethod.Get, path);

    public Task<Reply> PostAsync(string path, object? body = null) => CallAsync(HttpMethod.Post, path, body);

    public Task<Reply> PutAsync(string path, object body) => CallAsync(HttpMethod.Put, path, body);

    public Task<Reply> PatchAsync(string path, object body) => CallAsync(HttpMethod.Patch, path, body);

    public Task<Reply> DeleteAsync(string path, object? body = null) => CallAsync(HttpMethod.Delete, path, body);

    /// <param name="method">The method.</param>
    /// <param name="path">Behind /manage.</param>
    /// <param name="body">Sent as JSON; null: none.</param>
    /// <param name="headers">In the place of those that it would send by itself.</param>
    public async Task<Reply> CallAsync(HttpMethod method, string path, object? body = null, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/manage" + path);
        (string Name, string? Value)[] own = [("Cookie", Cookie), ("X-Csrf-Token", CsrfToken), ("X-Management-Key", key)];
        foreach (var (name, value) in own.Where(header => !headers.Any(other => other.Name == header.Name)).Concat(headers))
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await http.SendAsync(request);
        return new Reply(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase)
        );
    }

    public void Dispose() => http.Dispose();

    private async Task<Reply> BeginAsync(string path, object body)
    {
        var reply = await CallAsync(HttpMethod.Post, path, body);
        if (reply.Status == 200)
        {
            Session = reply.Json;
            CsrfToken = reply.Text("csrf_token");
            Cookie = reply.Header("Set-Cookie")!.Split(';')[0];
        }

        return reply;
    }
}

internal static class ReplyExpectations
{
    /// <summary>Fails unless the reply is a refusal with this status and code, whose sentence contains the text.</summary>
    public static void ShouldRefuse(this Reply reply, int status, string code, string sentence = "")
    {
        reply.Status.ShouldBe(status, reply.Body);
        reply.Text("code").ShouldBe(code);
        reply.Text("detail")!.ShouldContain(sentence);
        reply.Header("Cache-Control").ShouldBe("no-store");
    }
}
