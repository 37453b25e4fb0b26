using System.CommandLine;
using Pushbell.Dispatch.Storage.Moving;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Cli.Moving;

/// <summary><c>pushbell move --to …</c></summary>
internal static class MoveCommand
{
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
                using var display = ProgressDisplay.For(rest.Line);
                var moved = await MoveInstallation.RunAsync(
                    Installation.ConnectionString(rest.Configuration),
                    rest.Line.GetRequiredValue(to),
                    rest.Clock,
                    step => display.Show($"{(step.IsCheck ? "compared" : "copied")} {step.Table}", step.Rows, step.Of),
                    rest.Cancellation
                );
                return MovedAnswer.Of(moved).ToAnswer();
            }
        );
    }
}
