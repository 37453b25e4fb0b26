using System.CommandLine;
using System.CommandLine.Parsing;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli.Organizations;

/// <summary>A plan on the line: its name, and the limits that <c>custom</c> asks for.</summary>
internal sealed class PlanOptions
{
    private readonly Option<long?> hourly = Limit("--hourly", "hour");
    private readonly Option<long?> daily = Limit("--daily", "day");

    public static string[] Names { get; } = [.. Plan.All.Select(plan => plan.Name), Plan.CustomName];

    /// <summary>Adds the limits to a command, and the check that they go with the plan.</summary>
    public void AddTo(Command command, Func<SymbolResult, string?> nameOf)
    {
        command.Add(hourly);
        command.Add(daily);
        command.Validators.Add(result =>
        {
            var limits = result.GetResult(hourly) is not null || result.GetResult(daily) is not null;
            if (nameOf(result) is { } name && IsCustom(name) != limits)
            {
                result.AddError(
                    limits
                        ? $"--hourly and --daily are for the plan '{Plan.CustomName}' only."
                        : $"The plan '{Plan.CustomName}' needs --hourly, --daily or both; a limit left out is none."
                );
            }
        });
    }

    public Plan PlanOf(ParseResult line, string name) =>
        IsCustom(name) ? Plan.Custom((int?)line.GetValue(hourly), (int?)line.GetValue(daily)) : Plan.Find(name)!;

    private static bool IsCustom(string name) => name.Equals(Plan.CustomName, StringComparison.OrdinalIgnoreCase);

    private static Option<long?> Limit(string name, string window) =>
        new(name)
        {
            HelpName = "N",
            Description = $"Deliveries per UTC {window}, for the plan '{Plan.CustomName}'.",
            CustomParser = Checks.WholeNumber(name, 1, int.MaxValue),
        };
}
