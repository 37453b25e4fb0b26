using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pushbell.Server.Cli;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

/// <summary>"Everything the dashboard does can be done with the CLI or the API": docs/dashboard.md says how, of every route, and is right.</summary>
public sealed partial class EverythingElsewhereTests
{
    private const string Organization = "/manage/organizations/{organization_id}";

    private static readonly (string Route, string? Command)[] Table =
    [
        .. RowPattern().Matches(Checkout.Read("docs", "dashboard.md"))
            .Select(row => (Whole(row.Groups["route"].Value), row.Groups["command"] is { Success: true } command ? command.Value : null)),
    ];

    [Fact]
    public void Table_Routes_AreAllThoseOfTheManagementApi() =>
        Table.Select(row => row.Route).ShouldBe(Routes(), ignoreOrder: true);

    [Fact]
    public void Table_Commands_AreCommandsOfTheCommandLine()
    {
        var commands = Leaves(CommandLine.Commands(new CommandRunner([], TimeProvider.System)), "pushbell").ToHashSet(StringComparer.Ordinal);

        Table.Select(row => row.Command).OfType<string>().Where(command => !commands.Contains(command)).ShouldBeEmpty();
        Table.ShouldContain(row => row.Command == "pushbell send");
    }

    /// <summary><c>GET S/keys</c> with the abbreviation written out.</summary>
    private static string Whole(string route)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        return path[0] switch
        {
            'O' => $"{method} {Organization}{path[1..]}",
            'S' => $"{method} {Organization}/services/{{service_id}}{path[1..]}",
            _ => route,
        };
    }

    private static IEnumerable<string> Routes()
    {
        using var document = JsonDocument.Parse(Checkout.Read("src", "Pushbell.Server", "openapi", "manage.json"));
        return
        [
            .. document.RootElement.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}")),
        ];
    }

    private static IEnumerable<string> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0 ? [path] : command.Subcommands.SelectMany(child => Leaves(child, $"{path} {child.Name}"));

    [GeneratedRegex(@"^\|[^|\n]+\|[^|\n]+\| `(?<route>[^`\n]+)` \| (`(?<command>[^`\n]+)`|–) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowPattern();
}
