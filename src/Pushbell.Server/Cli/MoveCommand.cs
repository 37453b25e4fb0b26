using System.CommandLine;
using Pushbell.Dispatch.Storage.Moving;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Cli;

/// <summary><c>pushbell move --to …</c></summary>
internal static class MoveCommand
{
    private const int Percent = 100;

    public static Command Create(CommandRunner runner)
    {
        var to = new Option<string>("--to")
        {
            Required = true,
            HelpName = "connection string",
            Description = "An empty PostgreSQL database: Host=<server>;Database=<name>;Username=<user>;Password=<password>",
        };
        return runner.RunsAtRest(
            new Command("move", "Copy this SQLite installation into PostgreSQL, whole and compared. Stop the server first. An interrupted move goes on when started again.")
            {
                to,
            },
            async rest =>
            {
                var shown = "";
                var moved = await MoveInstallation.RunAsync(
                    Installation.ConnectionString(rest.Configuration),
                    rest.Line.GetRequiredValue(to),
                    rest.Clock,
                    progress => shown = Show(progress, shown, rest.Line.InvocationConfiguration.Error),
                    rest.Cancellation
                );
                return MovedAnswer.Of(moved).ToAnswer();
            }
        );
    }

    /// <summary>A line whenever there is another percent to tell.</summary>
    private static string Show(MoveProgress progress, string shown, TextWriter error)
    {
        var percent = progress.Of == 0 ? Percent : progress.Rows * Percent / progress.Of;
        var line = $"{(progress.IsCheck ? "compared" : "copied")} {progress.Table}: {progress.Rows:N0} of {progress.Of:N0} ({percent} %)";
        if (line.Split(':')[0] + percent != shown)
        {
            error.WriteLine(line);
        }

        return line.Split(':')[0] + percent;
    }
}
