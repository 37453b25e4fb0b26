using System.CommandLine;
using Pushbell.Dispatch.Storage.Moving;

namespace Pushbell.Server.Cli;

/// <summary>
/// How far a move has come, on the error stream: one line that is written over on a terminal, elsewhere a line for every tenth of a table.
/// Nothing with --json.
/// </summary>
internal sealed class MoveDisplay(TextWriter error, bool isTerminal, bool isQuiet) : IDisposable
{
    private const int Steps = 10, Percent = 100;
    private (string Table, bool IsCheck, long Step) shown = ("", false, 0);
    private int width;

    public static MoveDisplay For(ParseResult line)
    {
        var error = line.InvocationConfiguration.Error;
        return new MoveDisplay(error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected, line.GetValue<bool>("--json"));
    }

    public void Show(MoveProgress progress)
    {
        var percent = progress.Rows * Percent / progress.Of;
        var step = (progress.Table, progress.IsCheck, isTerminal ? percent : percent / Steps);
        if (isQuiet || step == shown)
        {
            return;
        }

        shown = step;
        var line = $"{(progress.IsCheck ? "compared" : "copied")} {progress.Table}: {progress.Rows:N0} of {progress.Of:N0} ({percent} %)";
        if (isTerminal)
        {
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
