using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch.Storage;
using Pushbell.LocalPushService;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Server.Hosting;

namespace Pushbell.Testing;

/// <summary>
/// The whole server on a free port, with a database of its own, sending to a local push service. Everything is
/// real but the clock, when a test brings one.
/// </summary>
public sealed class RunningServer : IAsyncDisposable
{
    public const string SecretKey = "sk_test_0123456789abcdefghij";
    public const string ApiKey = "psk_test_0123456789abcdefghij";
    public const string PublishableKey = "pk_test_0123456789abcdefghij";
    public const string Origin = "https://app.example.com";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private readonly Func<Task<WebApplication>> start;
    private readonly ManualTimeProvider? moved;
    private readonly bool isAlone;
    private WebApplication app;

    private RunningServer(
        WebApplication app,
        Func<Task<WebApplication>> start,
        TestDatabase storage,
        LocalPushServer pushService,
        TimeProvider time,
        bool isAlone
    )
    {
        this.app = app;
        this.start = start;
        this.isAlone = isAlone;
        moved = time as ManualTimeProvider ?? (time as AdjustableClock)?.Steady;
        Storage = storage;
        PushService = pushService;
        Http = ClientOf(app);
    }

    public Uri Url => Http.BaseAddress!;

    /// <summary>Talks to the server without any key.</summary>
    public HttpClient Http { get; private set; }

    public LocalPushServer PushService { get; }

    /// <summary>Its database, as others than the server see it.</summary>
    public TestDatabase Storage { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>The server's own door to its database.</summary>
    public Database Database => Services.GetRequiredService<Database>();

    /// <param name="clock">The system's when null.</param>
    /// <param name="settings">On top of test keys and the local push service, e.g. <c>Pushbell:Bootstrap:Credits</c>.</param>
    public static async Task<RunningServer> StartAsync(TimeProvider? clock = null, params IEnumerable<(string Key, string Value)> settings)
    {
        var storage = await TestDatabase.CreateAsync();
        return await StartAsync(storage, await StartPushServiceAsync(clock), clock, settings, isAlone: true);
    }

    /// <summary>One of several processes: on a database and beside a push service that others use too, and that outlive it.</summary>
    public static Task<RunningServer> StartNodeAsync(
        TestDatabase storage,
        LocalPushServer pushService,
        TimeProvider? clock = null,
        params IEnumerable<(string Key, string Value)> settings
    ) => StartAsync(storage, pushService, clock, settings, isAlone: false);

    /// <summary>The push service that a server sends to, on free ports.</summary>
    /// <param name="clock">The system's when null.</param>
    /// <param name="latency">Of each answer, by that clock.</param>
    public static Task<LocalPushServer> StartPushServiceAsync(TimeProvider? clock = null, TimeSpan latency = default)
    {
        var options = new LocalPushOptions { HttpPort = 0, HttpsPort = 0, MessageServicePort = 0, Latency = latency };
        return LocalPushServer.StartAsync(options, clock ?? TimeProvider.System, CancellationToken.None);
    }

    private static async Task<RunningServer> StartAsync(
        TestDatabase storage,
        LocalPushServer pushService,
        TimeProvider? clock,
        IEnumerable<(string Key, string Value)> settings,
        bool isAlone
    )
    {
        var time = clock ?? TimeProvider.System;
        var defaults = new (string Key, string Value)[]
        {
            ("urls", "http://127.0.0.1:0"),
            ("environment", "Development"),
            ("Pushbell:PushServices:Trusted:0", pushService.HttpUrl.GetLeftPart(UriPartial.Authority)),
            ("Pushbell:PushServices:Route:fcm.googleapis.com", RouteTo(pushService)),
            ("Pushbell:PushServices:Route:jmt17.google.com", RouteTo(pushService)),
            ("Pushbell:Bootstrap:SecretKey", SecretKey),
            ("Pushbell:Bootstrap:ApiKey", ApiKey),
            ("Pushbell:Bootstrap:PublishableKey", PublishableKey),
            ("Pushbell:Bootstrap:AllowedOrigins:0", Origin),
            ("Pushbell:Bootstrap:ContactEmail", "admin@example.com"),
            // Every registration of a test comes from the one loopback address.
            ("Pushbell:Limits:RegistrationsPerAddressPerMinute", "100000"),
            ("Pushbell:Limits:RegistrationsPerEmailPerMinute", "100000"),
            ("Logging:LogLevel:Default", "Error"),
        };
        var args = defaults.Concat(storage.ServerSettings).Concat(settings).Select(setting => $"--{setting.Key}={setting.Value}").ToArray();
        async Task<WebApplication> StartServerAsync()
        {
            var server = await ServerHost.BuildAsync(args, time);
            await server.StartAsync();
            return server;
        }

        return new RunningServer(await StartServerAsync(), StartServerAsync, storage, pushService, time, isAlone);
    }

    /// <summary>Stops the server and starts it again on the same database, at another port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        app = await start();
        Http = ClientOf(app);
    }

    /// <summary>Calls /v2 with the secret key.</summary>
    public Task<HttpResponseMessage> V2Async(HttpMethod method, string path, object? body = null) =>
        SendAsync(method, "/v2/push" + path, "X-Secret-Key", SecretKey, body);

    /// <summary>Calls /v1 with the API key.</summary>
    public Task<HttpResponseMessage> V1Async(string path, object body) => SendAsync(HttpMethod.Post, "/v1" + path, "X-Api-Key", ApiKey, body);

    /// <summary>Registers a virtual subscription of the local push service through /v2, as a page would.</summary>
    /// <param name="email">The person's, if known.</param>
    /// <param name="userId">The organization's own id for the person.</param>
    /// <param name="key">A publishable key; null is that of the first start.</param>
    /// <param name="details">Further fields of the body, such as device_info.</param>
    public async Task<RegisteredClient> RegisterAsync(
        string? email = null,
        string? userId = null,
        string? key = null,
        params IEnumerable<(string Name, object Value)> details
    )
    {
        var subscription = PushService.CreateSubscription();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/push/registrations");
        request.Headers.Add("X-Publishable-Key", key ?? PublishableKey);
        request.Headers.Add("Origin", Origin);
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["subscription"] = new { endpoint = subscription.Endpoint, keys = new { p256dh = subscription.P256dh, auth = subscription.Auth } },
            ["user_email"] = email,
            ["user_id"] = userId,
        };
        foreach (var (name, value) in details)
        {
            body[name] = value;
        }

        request.Content = JsonContent.Create(body);
        using var response = await Http.SendAsync(request);
        var answer = await JsonOf(response);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"Registering failed: {answer}");
        }

        return new RegisteredClient(
            answer.GetProperty("registration_id").GetString()!,
            answer.GetProperty("registration_token").GetString()!,
            subscription
        );
    }

    /// <summary>The body of a response as JSON; fails the test with the text when it is none.</summary>
    public static async Task<JsonElement> JsonOf(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        try
        {
            return JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode} with a body that is not JSON: '{text}'", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (isAlone)
        {
            await PushService.DisposeAsync();
            await Storage.DisposeAsync();
        }
    }

    private static HttpClient ClientOf(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.First()) };

    private async Task StopAsync()
    {
        Http.Dispose();
        // As SIGTERM does: what hears of it only from the lifetime would not know yet while the host waits for it.
        app.Lifetime.StopApplication();
        var stopping = app.StopAsync();
        // What waits a little before the end would wait for ever on a clock that stands still.
        while (await Task.WhenAny(stopping, Task.Delay(Glance, TimeProvider.System)) != stopping)
        {
            moved?.Advance(Glance);
        }

        await stopping;
        await app.DisposeAsync();
    }

    /// <summary>Chromium's endpoints name Google's hosts; the local push service answers for them.</summary>
    private static string RouteTo(LocalPushServer pushService) =>
        $"127.0.0.1:{pushService.HttpsUrl.Port} sha256:{pushService.CertificateSha256}";

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string header, string key, object? body)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add(header, key);
        request.Content = body is null ? null : JsonContent.Create(body);
        return Http.SendAsync(request);
    }
}

/// <summary>A registration and the subscription behind it.</summary>
public sealed record RegisteredClient(string Id, string Token, VirtualSubscription Subscription);
