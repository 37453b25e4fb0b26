using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Pushbell.LocalPushService;

namespace Pushbell.Bench.Server;

/// <summary>A server as an operator runs it, in a folder of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string SecretKey = "sk_bench_bench_bench_bench";

    // Any public push service's name: the connection is routed to the sink.
    public const string Host = "updates.push.services.mozilla.com";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pushbell-bench-");
    private static readonly string MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private readonly LocalPushServer sink;
    private readonly Store store;
    private readonly string role;
    private readonly int window, port;
    private Process? process;

    public ServerProcess(LocalPushServer sink, Store store, string role, int window)
    {
        (this.sink, this.store, this.role, this.window) = (sink, store, role, window);
        port = FreePort();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Http.DefaultRequestHeaders.Add("X-Secret-Key", SecretKey);
    }

    public HttpClient Http { get; }

    public TimeSpan CpuTime
    {
        get
        {
            process!.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public int ResidentMegabytes => Status("VmRSS:");

    public int PeakMegabytes => Status("VmHWM:");

    /// <param name="first">Has to be answered before the server counts as started.</param>
    public async Task StartAsync(string first = "/health/ready")
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "pushbell.dll")])
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ConnectionStrings__Pushbell"] = store.ConnectionString;
        start.Environment["Pushbell__MasterKey"] = MasterKey;
        start.Environment["Pushbell__Role"] = role;
        start.Environment["Pushbell__Delivery__Window"] = window.ToString(CultureInfo.InvariantCulture);
        start.Environment["Pushbell__Bootstrap__SecretKey"] = SecretKey;
        start.Environment["Pushbell__Limits__RequestsPerMinute"] = "1000000";
        start.Environment[$"Pushbell__PushServices__Route__{Host}"] = $"127.0.0.1:{sink.HttpsUrl.Port} sha256:{sink.CertificateSha256}";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        while (!await IsAnsweredAsync(first))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException("The server did not start.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public async Task StopAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await StopAsync();
        }

        Http.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<bool> IsAnsweredAsync(string path)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private int Status(string name)
    {
        var line = File.ReadLines($"/proc/{process!.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture) / 1024;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
