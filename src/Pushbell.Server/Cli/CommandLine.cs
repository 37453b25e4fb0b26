using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Pushbell.Server.Cli.Accounts;
using Pushbell.Server.Cli.Alarms;
using Pushbell.Server.Cli.Clients;
using Pushbell.Server.Cli.Completion;
using Pushbell.Server.Cli.Diagnosis;
using Pushbell.Server.Cli.Keys;
using Pushbell.Server.Cli.Moving;
using Pushbell.Server.Cli.Notifications;
using Pushbell.Server.Cli.Organizations;
using Pushbell.Server.Cli.Sending;
using Pushbell.Server.Cli.Services;
using Pushbell.Server.Cli.Status;

namespace Pushbell.Server.Cli;

/// <summary>Tells a server's start from an operator's command, and runs the command.</summary>
internal static class CommandLine
{
    private const string Serve = "serve";

    /// <summary>For a command that is stopped to call its statement back and to say how to go on; PostgreSQL's driver alone may take two seconds.</summary>
    private static readonly TimeSpan CallBack = TimeSpan.FromSeconds(10);

    /// <summary>Sections of the configuration; no option of a command has a colon in its name.</summary>
    private static readonly string[] SettingPrefixes = ["--ConnectionStrings:", "--Pushbell:"];

    /// <returns>The settings of the server to start, or null when the line is a command.</returns>
    public static string[]? ServerSettings(string[] args) =>
        args switch
        {
            [Serve, .. var settings] when AreSettings(settings) => settings,
            _ when AreSettings(args) => args,
            _ => null,
        };

    /// <summary>Runs one command on the configured database.</summary>
    /// <returns>0 done; 1 refused or failed; 2 the line itself is wrong. Why stands on <paramref name="error"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, TimeProvider clock)
    {
        var settings = args.Where(IsConfiguration).ToArray();
        var runner = new CommandRunner(settings, clock);
        // A value may begin with @; none is a file of further arguments.
        var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var parsed = Commands(runner).Parse([.. args.Where(arg => !IsConfiguration(arg))], parsing);
        if (parsed.Action is ParseErrorAction)
        {
            await UsageErrors.WriteAsync(parsed, error);
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = CallBack,
            }
        );
    }

    /// <summary>The command table.</summary>
    internal static RootCommand Commands(CommandRunner runner)
    {
        var root = new RootCommand(
            """
            Pushbell, a web push service. Without a command it serves, as with 'serve'.

            Commands work on the configured database, whether the server runs or not. Settings are the server's: appsettings.json, environment
            variables, or --ConnectionStrings:Pushbell="Data Source=…" and --Pushbell:Name=value on the line.
            """
        )
        {
            new Command(Serve, "Start the server; further arguments are settings, --Key=value."),
            OrganizationCommands.Create(runner),
            ServiceCommands.Create(runner),
            KeyCommands.Create(runner),
            VapidCommands.Create(runner),
            PlanCommands.Create(runner),
            CreditCommands.Create(runner),
            SendCommand.Create(runner),
            NotificationCommands.Create(runner),
            ClientCommands.Create(runner),
            AlarmCommands.Create(runner),
            StatusCommand.Create(runner),
            DoctorCommand.Create(runner),
            AccountCommands.Create(runner),
            MemberCommands.Create(runner),
            ManagementKeyCommands.Create(runner),
            AuditCommands.Create(runner),
            MoveCommand.Create(runner),
            CompletionCommand.Create(runner),
        };
        // Of another system's shell; who presses Tab in a shell of ours would be offered them.
        foreach (var alias in new[] { "/h", "/?" })
        {
            root.Options.OfType<HelpOption>().Single().Aliases.Remove(alias);
        }

        return root;
    }

    /// <summary>Nothing but <c>--Key=value</c> and <c>--Key value</c>, as the configuration reads them.</summary>
    private static bool AreSettings(ReadOnlySpan<string> args) =>
        args switch
        {
            [] => true,
            [var single, .. var rest] when single.Contains('=', StringComparison.Ordinal) => AreSettings(rest),
            ["--help" or "--version", ..] => false,
            [var name, var value, .. var rest] when name.StartsWith("--", StringComparison.Ordinal) && !value.StartsWith('-') => AreSettings(rest),
            _ => false,
        };

    private static bool IsConfiguration(string arg) =>
        SettingPrefixes.Any(prefix => arg.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) && arg.Contains('=', StringComparison.Ordinal);
}
