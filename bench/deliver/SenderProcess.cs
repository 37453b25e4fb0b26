using System.Diagnostics;
using System.Globalization;
using Pushbell.Bench.Contest;
using Pushbell.LocalPushService;

namespace Pushbell.Bench.Deliver;

/// <summary>A sender in a process of its own, so that its processor time is its own: it takes a turn for each line of seconds it reads.</summary>
public sealed class SenderProcess : IContestant, IAsyncDisposable
{
    private readonly Process process;

    public SenderProcess(string name, ProcessStartInfo start)
    {
        Name = name;
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        process = Process.Start(start)!;
    }

    public string Name { get; }

    /// <summary>Our own client with nothing around it.</summary>
    public static SenderProcess Pushbell(LocalPushServer sink) =>
        new(
            "PushClient",
            new ProcessStartInfo(
                "dotnet",
                [typeof(SenderProcess).Assembly.Location, "sender", sink.HttpsUrl.Port.ToString(CultureInfo.InvariantCulture), sink.CertificateSha256]
            )
        );

    public async Task<Turn> TakeTurnAsync(TimeSpan duration)
    {
        await process.StandardInput.WriteLineAsync(duration.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{Name} ended; what it said stands above.");
        var numbers = line.Split(' ').Select(static word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new Turn((long)numbers[0], numbers[1], numbers[2], numbers.Length > 3 ? (long)numbers[3] : null);
    }

    /// <summary>A sender ends with its input.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
