using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>Somebody who has signed in over the management API; a browser that is given the cookie has signed in too.</summary>
internal sealed class Account : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    private Account(Uri server) => http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = server };

    public Microsoft.Playwright.Cookie Cookie
    {
        get
        {
            var cookie = cookies.GetCookies(http.BaseAddress!).Single();
            return new() { Name = cookie.Name, Value = cookie.Value, Url = http.BaseAddress!.GetLeftPart(UriPartial.Authority), HttpOnly = true };
        }
    }

    public static Task<Account> SignInAsync(Uri server, string email) => EnterAsync(server, "/session", new { email, password = Password });

    /// <param name="server">The server.</param>
    /// <param name="link">Of an invitation, whole.</param>
    public static Task<Account> JoinAsync(Uri server, string link) =>
        EnterAsync(server, "/links/use", new { token = link.Split("#/link/")[1], password = Password });

    /// <param name="method">The method.</param>
    /// <param name="path">Behind /manage.</param>
    /// <param name="body">Sent as JSON; null: none.</param>
    /// <returns>The answer; undefined where there is none.</returns>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, "/manage" + path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await http.SendAsync(request);
        return !response.IsSuccessStatusCode ? throw new InvalidOperationException($"{method} {path}: {await response.Content.ReadAsStringAsync()}")
            : response.StatusCode == HttpStatusCode.NoContent ? default
            : await RunningServer.JsonOf(response);
    }

    public Task<JsonElement> GetAsync(string path) => CallAsync(HttpMethod.Get, path);

    public Task<JsonElement> PostAsync(string path, object body) => CallAsync(HttpMethod.Post, path, body);

    public Task<JsonElement> DeleteAsync(string path) => CallAsync(HttpMethod.Delete, path);

    public void Dispose() => http.Dispose();

    private static async Task<Account> EnterAsync(Uri server, string path, object body)
    {
        var account = new Account(server);
        var session = await account.PostAsync(path, body);
        account.http.DefaultRequestHeaders.Add("X-Csrf-Token", session.GetProperty("csrf_token").GetString());
        return account;
    }
}
