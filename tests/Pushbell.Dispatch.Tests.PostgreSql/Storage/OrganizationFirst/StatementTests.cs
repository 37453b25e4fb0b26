using System.Text.RegularExpressions;
using Dapper;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Tests.Fixtures;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Storage.OrganizationFirst;

/// <summary>"Every query takes the organization first", held against what is executed when everything has been done once.</summary>
public sealed partial class StatementTests
{
    private static readonly (string Fragment, string Reason)[] AcrossOrganizations =
    [
        ("WITH RECURSIVE live (id) AS", "whose turn it is: hops from organization to organization along the index of due batches"),
        ("UPDATE batch SET due_at = @now WHERE due_at > @now + @lease", "the sweeper mends dates for all"),
        ("DELETE FROM idempotency WHERE (organization_id, service_id, key) IN", "the sweeper forgets keys of all"),
        ("DELETE FROM stored_message WHERE (organization_id, notification_id, id) IN", "the sweeper forgets what has expired of all"),
        ("SELECT organization_id, id FROM notification WHERE completed_at <= @before", "the sweeper looks for the oldest of all"),
        ("SELECT id FROM stored_message WHERE withdraw_at <= @now LIMIT 1", "whether a withdrawal is due to anybody"),
        ("WITH due AS MATERIALIZED ( SELECT organization_id, notification_id, id FROM stored_message", "the withdrawal that is due longest"),
        ("DELETE FROM request_window WHERE seen_at <", "the sweeper forgets who has not been heard of"),
    ];

    private static readonly Lazy<Task<Done>> Doing = new(DoAsync);

    [Fact]
    public async Task Everything_ThatTouchesAHotTable_WasDone()
    {
        var executed = (await Doing.Value).Statements;
        var undone = SourceLines().Where(line => !executed.Any(statement => statement.Contains(line, StringComparison.Ordinal))).ToArray();

        undone.ShouldBeEmpty("the scenario leads past these lines of SQL");
        executed.Count(statement => HotTables.MentionsIn(statement) > 0).ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task Statements_OnHotTables_AllButTheListed_NameTheOrganization()
    {
        var unrestricted = (await Doing.Value).Statements.Where(statement => !HotTables.AreRestrictedIn(statement)).ToArray();

        unrestricted.Where(statement => AcrossOrganizations.All(entry => !Is(statement, entry.Fragment))).ShouldBeEmpty();
        AcrossOrganizations.Where(entry => !unrestricted.Any(statement => Is(statement, entry.Fragment))).ShouldBeEmpty("no longer needed on the list");
    }

    [Fact]
    public async Task Parameters_OfOneStatement_DifferByMoreThanCase()
    {
        // PostgreSQL's driver takes them for one and the same.
        var names = (await Doing.Value).Statements.Select(statement => (Statement: statement, Names: ParametersOf(statement))).ToArray();

        names.ShouldContain(entry => entry.Names.Count > 1);
        names.Where(entry => entry.Names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < entry.Names.Count).ShouldBeEmpty();
    }

    [Fact]
    public async Task Functions_OnHotTables_NameTheOrganizationInEachStatement()
    {
        var bodies = (await Doing.Value).Functions;

        var statements = bodies.SelectMany(body => body.Split(';')).Select(StatementRecorder.Flatten).Where(statement => HotTables.MentionsIn(statement) > 0).ToArray();
        statements.Length.ShouldBe(2);
        statements.ShouldAllBe(statement => HotTables.AreRestrictedIn(statement));
    }

    private static async Task<Done> DoAsync()
    {
        await using var dispatch = await TestDispatch.StartAsync(plan: Plan.Custom(1_000_000, 1_000_000), credits: 1_000_000);
        using var recorder = new StatementRecorder(dispatch.Files.ConnectionString);
        await new Everything(dispatch).DoAsync();
        var statements = recorder.Statements;
        await using var connection = await dispatch.Files.ConnectAsync();
        var bodies = await connection.QueryAsync<string>("SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace");
        return new Done(statements, bodies.AsList());
    }

    private static List<string> ParametersOf(string statement) => [.. Parameter().Matches(statement).Select(match => match.Value).Distinct(StringComparer.Ordinal)];

    private static bool Is(string statement, string fragment) => statement.Contains(fragment, StringComparison.Ordinal);

    /// <summary>What stands in the product's source beside the name of a hot table, up to where something is put in.</summary>
    private static IEnumerable<string> SourceLines()
    {
        var source = Path.Combine(Checkout.Root, "src", "Pushbell.Dispatch");
        return Directory
            .EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(File.ReadLines)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => line.Split('"', '{', '}'))
            .Where(piece => HotTables.MentionsIn(piece) > 0)
            .Select(StatementRecorder.Flatten)
            .Distinct(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"@\w+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Parameter();

    /// <param name="Statements">That were executed, each once.</param>
    /// <param name="Functions">The bodies of those that the database keeps.</param>
    private sealed record Done(IReadOnlyList<string> Statements, IReadOnlyList<string> Functions);
}
