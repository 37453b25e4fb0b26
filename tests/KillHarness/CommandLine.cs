using System.CommandLine;
using System.Security.Cryptography;
using Pushbell.KillHarness.Broken;
using Pushbell.KillHarness.Faults;
using Pushbell.Testing;

namespace Pushbell.KillHarness;

/// <summary>The command line.</summary>
internal static class CommandLine
{
    public const string AcknowledgeBeforeSending = "acknowledge-before-sending";

    private static readonly (string Name, Engine Engine)[] Engines = [("sqlite", Engine.Sqlite), ("postgres", Engine.PostgreSql)];

    /// <returns>0 when every promise was kept, 1 when one was not, 2 when the line itself is wrong.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var cycles = Number("--cycles", "Faults to inflict in all.", 1_000);
        var perRun = Number("--cycles-per-run", "Faults that one installation lives through before its books are checked.", 50);
        var registrations = Number("--registrations", "Devices of each installation.", 2_000);
        var seed = new Option<int>("--seed")
        {
            Description = "Repeats the same choices; timing differs.",
            DefaultValueFactory = _ => RandomNumberGenerator.GetInt32(1_000_000),
        };
        var database = new Option<string>("--database") { Description = "The engine.", DefaultValueFactory = _ => NameOf(Engine.Sqlite) };
        database.AcceptOnlyFromAmong([.. Engines.Select(engine => engine.Name)]);
        var nodes = Positive(new Option<int?>("--nodes") { Description = "Server processes of each installation. SQLite: 1, PostgreSQL: 3." });
        var lease = Positive(new Option<int?>("--lease-seconds") { Description = "Their lease. SQLite: 1, PostgreSQL: 10." });
        var only = new Option<FaultKind?>("--only") { Description = "No other fault than this one." };
        var broken = new Option<string?>("--broken") { Description = "A server with a mistake that must be found." };
        broken.AcceptOnlyFromAmong(AcknowledgeBeforeSending);
        var json = new Option<FileInfo?>("--json") { Description = "Also writes the figures to this file." };

        var root = new RootCommand("Kills the server again and again while it works, and then checks its books.")
        {
            cycles,
            perRun,
            registrations,
            seed,
            database,
            nodes,
            lease,
            only,
            broken,
            json,
        };
        root.Validators.Add(line =>
        {
            if (line.GetValue(database) == NameOf(Engine.Sqlite) && line.GetValue(nodes) > 1)
            {
                line.AddError("SQLite serves one node.");
            }
        });
        root.SetAction(async line =>
        {
            var options = new Options(line.GetValue(cycles), line.GetValue(perRun), line.GetValue(registrations), line.GetValue(seed))
            {
                Engine = Engines.First(engine => engine.Name == line.GetValue(database)).Engine,
                NodeCount = line.GetValue(nodes),
                LeaseSeconds = line.GetValue(lease),
                Only = line.GetValue(only),
                Broken = line.GetValue(broken) is not null,
            };
            var report = await new Campaign(options, Console.Out).RunAsync();
            if (line.GetValue(json) is { } file)
            {
                await File.WriteAllTextAsync(file.FullName, report.ToJson());
            }

            return report.Violations.Count == 0 ? 0 : 1;
        });

        var serve = new Command(BrokenServer.Command) { Hidden = true };
        serve.SetAction(_ => BrokenServer.RunAsync());
        root.Add(serve);
        var parsed = root.Parse(args);
        return parsed.Errors.Count == 0 || args is ["--help" or "-h" or "-?"] ? await parsed.InvokeAsync() : await UsageAsync(parsed);
    }

    /// <summary>As <c>--database</c> has it.</summary>
    public static string NameOf(Engine engine) => Engines.First(known => known.Engine == engine).Name;

    private static async Task<int> UsageAsync(ParseResult parsed)
    {
        await parsed.InvokeAsync();
        return 2;
    }

    private static Option<int> Number(string name, string description, int otherwise) =>
        Positive(new Option<int>(name) { Description = description, DefaultValueFactory = _ => otherwise });

    private static Option<T> Positive<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is < 1)
            {
                result.AddError($"{option.Name} must be a positive number.");
            }
        });
        return option;
    }
}
