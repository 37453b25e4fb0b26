using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using Pushbell.LocalPushService;
using Pushbell.LocalPushService.VirtualSubscriptions;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Faults;

/// <summary>The server as a process of its own, for what is done to processes.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Greeting = "Pushbell listens on ";
    private const int SigTerm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly StringBuilder errors = new();
    private HttpClient? http;

    private ServerProcess(Process process) => this.process = process;

    /// <summary>Talks to the server without any key.</summary>
    public HttpClient Http => http ?? throw new InvalidOperationException("The server does not listen.");

    public int ExitCode => process.ExitCode;

    /// <summary>What it wrote to standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (errors)
            {
                return errors.ToString();
            }
        }
    }

    /// <summary>Starts it and waits until it listens or has ended.</summary>
    /// <param name="folder">Where its database and its master key lie.</param>
    /// <param name="pushService">Where it sends.</param>
    /// <param name="settings">Environment variables on top of test keys.</param>
    /// <param name="launcher">A program that starts the one named behind its arguments.</param>
    public static async Task<ServerProcess> StartAsync(
        string folder,
        LocalPushServer pushService,
        IEnumerable<(string Name, string Value)>? settings = null,
        params string[] launcher
    )
    {
        string[] line = [.. launcher, Path.Combine(AppContext.BaseDirectory, "pushbell")];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var environment = new (string Name, string Value)[]
        {
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("ConnectionStrings__Pushbell", $"Data Source={folder}/pushbell.db"),
            ("Pushbell__PushServices__Trusted__0", pushService.HttpUrl.GetLeftPart(UriPartial.Authority)),
            ("Pushbell__Bootstrap__SecretKey", RunningServer.SecretKey),
            ("Pushbell__Bootstrap__PublishableKey", RunningServer.PublishableKey),
            ("Pushbell__Bootstrap__AllowedOrigins__0", RunningServer.Origin),
            ("Logging__LogLevel__Default", "Error"),
        };
        foreach (var (name, value) in environment.Concat(settings ?? []))
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(Process.Start(start)!);
        await server.GreetedAsync().WaitAsync(Patience);
        return server;
    }

    /// <summary>Registers a browser with the server's only service.</summary>
    public async Task<VirtualSubscription> RegisterAsync(LocalPushServer pushService, string? userId = null)
    {
        var subscription = pushService.CreateSubscription();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/push/registrations");
        request.Headers.Add("X-Publishable-Key", RunningServer.PublishableKey);
        request.Headers.Add("Origin", RunningServer.Origin);
        var keys = new { p256dh = subscription.P256dh, auth = subscription.Auth };
        request.Content = JsonContent.Create(new { subscription = new { endpoint = subscription.Endpoint, keys }, user_id = userId });
        using var response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return subscription;
    }

    /// <summary>Calls /v2/push with the secret key; a POST when there is a body.</summary>
    public async Task<Reply> CallAsync(string path, object? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, "/v2/push" + path);
        request.Headers.Add("X-Secret-Key", RunningServer.SecretKey);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await Http.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), new Dictionary<string, string>());
    }

    public async Task<Reply> CompletedAsync(string request)
    {
        Reply? last = null;
        await Eventually.HoldsAsync(async () => (last = await CallAsync("/requests/" + request)).Text("status") == "completed");
        return last!;
    }

    /// <summary>SIGTERM, as an orchestrator ends a process.</summary>
    public void Terminate()
    {
        if (SendSignal(process.Id, SigTerm) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>SIGKILL: it does nothing any more.</summary>
    public void Kill() => process.Kill(entireProcessTree: true);

    /// <returns>How long it took to end.</returns>
    public async Task<TimeSpan> EndedAsync()
    {
        var waiting = Stopwatch.StartNew();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return waiting.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (!process.HasExited)
        {
            Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task GreetedAsync()
    {
        var greeted = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null || line.Data.StartsWith(Greeting, StringComparison.Ordinal))
            {
                greeted.TrySetResult(line.Data?[Greeting.Length..]);
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                errors.AppendLine(line.Data);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (await greeted.Task is { } address)
        {
            http = new HttpClient { BaseAddress = new Uri(address) };
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
