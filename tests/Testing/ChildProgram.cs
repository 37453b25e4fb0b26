using System.Diagnostics;

namespace Pushbell.Testing;

/// <summary>A program that runs beside the test and ends with it at the latest.</summary>
public sealed class ChildProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly Process process;
    private readonly Task<string> errors;

    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">On top of the test's own.</param>
    /// <param name="program">A path, or a command that PATH knows.</param>
    /// <param name="arguments">Passed on as they are.</param>
    public ChildProgram(string folder, IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.StandardInput.Close();
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The next line of its output.</summary>
    /// <exception cref="InvalidOperationException">It has ended; the message is what it wrote to standard error.</exception>
    public async Task<string> ReadLineAsync() =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException(await errors);

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote to standard error.</exception>
    public async Task<string> EndAsync()
    {
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}: {await errors}{output}");
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
