using Dapper;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Tests.V1;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Nodes;

/// <summary>A later build has expanded the schema under running nodes (docs/nodes.md, "Upgrading without a pause").</summary>
public sealed class UpgradeTests
{
    private const string Person = "person@example.com";

    [Fact]
    public async Task Expanded_WhileNodesRun_TheyGoOn_AndAFreshOneOfThisBuildIsRefused()
    {
        var storage = await TestDatabase.CreateAsync();
        // Statements that the server has prepared are the ones that a changed table could break.
        await using var nodes = await NodeSet.StartOnAsync(
            storage,
            3,
            clock: null,
            ("ConnectionStrings:Pushbell", $"{storage.ConnectionString};Max Auto Prepare=100;Auto Prepare Min Usages=2")
        );
        var ann = await nodes.First.RegisterAsync(Person);
        await UseEverythingAsync(nodes, ann);
        await UseEverythingAsync(nodes, ann);

        var version = await VersionAsync(storage);
        await ExpandAsync(storage);

        await UseEverythingAsync(nodes, ann);
        await UseEverythingAsync(nodes, await nodes.Node(1).RegisterAsync("new@example.com"));
        var refusal = await Should.ThrowAsync<UnusableDatabaseException>(() => nodes.AddAsync());
        refusal.Message.ShouldBe($"The database is of schema version 9999; this build knows versions up to {version}. Start the newer build.");
    }

    private static async Task UseEverythingAsync(NodeSet nodes, RegisteredClient client)
    {
        foreach (var request in Enumerable.Range(0, nodes.All.Count))
        {
            var api = nodes.Api(request);
            (await api.SendAsync([client])).Number("successful_sends").ShouldBe(1);
            (await nodes.Node(request).SendAsync(Person)).Status.ShouldBe(200);
            var queued = await api.SendAsync([client], ("async_mode", true));
            await api.CompletedAsync(queued.Text("request_id")!);
            (await api.GetAsync("/clients")).Status.ShouldBe(200);
        }
    }

    private static async Task<int> VersionAsync(TestDatabase storage)
    {
        await using var connection = await storage.ConnectAsync();
        return await connection.ExecuteScalarAsync<int>("SELECT max(version) FROM schema_version");
    }

    /// <summary>As a migration does: a column with a default and one without on every table, a new table, an index.</summary>
    private static async Task ExpandAsync(TestDatabase storage)
    {
        await using var connection = await storage.ConnectAsync();
        foreach (var table in (await storage.TablesAsync()).Where(table => table != "schema_version"))
        {
            await connection.ExecuteAsync($"ALTER TABLE {table} ADD COLUMN later INTEGER NOT NULL DEFAULT 7, ADD COLUMN later_still TEXT");
        }

        await connection.ExecuteAsync(
            """
            CREATE TABLE later (organization_id BIGINT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (organization_id, id));
            CREATE INDEX registration_later ON registration (organization_id, later);
            INSERT INTO schema_version (version, name, applied_at) VALUES (9999, '9999_later', 0)
            """
        );
    }
}
