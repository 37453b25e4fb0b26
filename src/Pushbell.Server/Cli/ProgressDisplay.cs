using System.CommandLine;

namespace Pushbell.Server.Cli;

/// <summary>
/// How far long work has come, on the error stream: a bar that is written over on a terminal, elsewhere a line for every tenth.
/// Nothing with --json.
/// </summary>
internal sealed class ProgressDisplay(TextWriter error, bool isTerminal, bool isQuiet) : IDisposable
{
    private const int Tenths = 10, Percent = 100, BarWidth = 20;
    private (string What, long Step) shown = ("", 0);
    private int width;

    public static ProgressDisplay For(ParseResult line)
    {
        var error = line.InvocationConfiguration.Error;
        return new ProgressDisplay(error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected, line.GetValue<bool>("--json"));
    }

    /// <param name="what">What is being counted, e.g. <c>copied registration</c>.</param>
    /// <param name="done">So many of them.</param>
    /// <param name="of">All; 0 is done.</param>
    public void Show(string what, long done, long of)
    {
        var percent = of == 0 ? Percent : done * Percent / of;
        var step = (what, isTerminal ? percent : percent / Tenths);
        if (isQuiet || step == shown)
        {
            return;
        }

        shown = step;
        var line = $"{what}: {done:N0} of {of:N0} ({percent} %)";
        if (isTerminal)
        {
            var filled = (int)percent * BarWidth / Percent;
            line = $"[{new string('#', filled)}{new string('-', BarWidth - filled)}] {line}";
            error.Write($"\r{line.PadRight(width)}");
            width = line.Length;
        }
        else
        {
            error.WriteLine(line);
        }
    }

    /// <summary>Leaves the terminal's line to what is said next.</summary>
    public void Dispose()
    {
        if (width > 0)
        {
            error.Write($"\r{new string(' ', width)}\r");
        }
    }
}
