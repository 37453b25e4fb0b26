using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Pushbell.Bench.Contest;

namespace Pushbell.Bench.Encrypt;

/// <summary><c>limit.c</c>, built by the system's compiler, in a process of its own.</summary>
internal sealed class NativeLimit : IContestant, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pushbell-bench-");

    private NativeLimit() { }

    public string Name => "limit.c, the same in C";

    private string Program => Path.Combine(folder.FullName, "limit");

    /// <summary>Nothing, and a line that says why, where there is no compiler or none of libcrypto's headers.</summary>
    public static NativeLimit? TryBuild(TextWriter progress)
    {
        var limit = new NativeLimit();
        try
        {
            var source = Path.Combine(AppContext.BaseDirectory, "limit.c");
            Run("cc", "-O2", "-o", limit.Program, source, "-lcrypto");
            return limit;
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException)
        {
            progress.WriteLine($"No limit to compare with: cc and the headers of libcrypto are needed to build limit.c. {fault.Message}");
            limit.Dispose();
            return null;
        }
    }

    public Task<Turn> TakeTurnAsync(TimeSpan duration)
    {
        var words = Run(Program, duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)).Split(' ');
        var cpu = double.Parse(words[1], CultureInfo.InvariantCulture);
        // One thread that never waits.
        return Task.FromResult(new Turn(long.Parse(words[0], CultureInfo.InvariantCulture), cpu, cpu, AllocatedBytes: null));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
