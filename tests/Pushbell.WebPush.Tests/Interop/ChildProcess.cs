using System.Diagnostics;

namespace Pushbell.WebPush.Tests.Interop;

/// <summary>A program in the folder of the npm packages, which ends when its input does, and with the test at the latest.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process process;
    private readonly Task<string> errors;

    public ChildProcess(string program, params string[] arguments)
    {
        process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = NodeInstallation.Folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        errors = process.StandardError.ReadToEndAsync();
    }

    public Task WriteLineAsync(string line) => process.StandardInput.WriteLineAsync(line);

    public async Task<string> ReadLineAsync() =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException(await errors);

    /// <summary>Lets it end by itself, which it must do well.</summary>
    public async Task EndAsync()
    {
        process.StandardInput.Close();
        await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.ExitCode.ShouldBe(0, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
