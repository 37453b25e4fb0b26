using System.Diagnostics;
using System.Text;

namespace Pushbell.Browser.Tests.Drivers;

/// <summary>A running browser that has said where it can be driven.</summary>
internal sealed class BrowserProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrowserProcess(Process process) => this.process = process;

    /// <summary>Starts the browser and waits until it prints <paramref name="announcement"/> and a WebSocket address.</summary>
    /// <exception cref="BrowserException">It ended or stayed silent; the message holds what it printed.</exception>
    public static async Task<(BrowserProcess Process, Uri Address)> StartAsync(
        string executable, BrowserProfile profile, IEnumerable<string> arguments, string announcement)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = profile.Folder;
        start.Environment["MOZ_CRASHREPORTER_DISABLE"] = "1";
        var browser = new BrowserProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        browser.Run(announcement);
        try
        {
            return (browser, await browser.listening.Task.WaitAsync(StartLimit));
        }
        catch (Exception error) when (error is TimeoutException or BrowserException)
        {
            await browser.DisposeAsync();
            throw new BrowserException($"{executable} did not start: {error.Message}\n{browser.output}");
        }
    }

    /// <summary>Waits for the browser to end by itself, as it was asked to, and ends it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(EndLimit);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Run(string announcement)
    {
        process.OutputDataReceived += (_, line) => Read(line.Data, announcement);
        process.ErrorDataReceived += (_, line) => Read(line.Data, announcement);
        process.Exited += (_, _) => listening.TrySetException(new BrowserException("it ended at once."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Read(string? line, string announcement)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.AppendLine(line);
        }

        if (line.StartsWith(announcement, StringComparison.Ordinal))
        {
            listening.TrySetResult(new Uri(line[announcement.Length..].Trim()));
        }
    }
}
