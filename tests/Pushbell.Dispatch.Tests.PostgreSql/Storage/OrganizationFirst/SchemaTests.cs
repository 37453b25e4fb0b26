using Dapper;
using Pushbell.Testing;

namespace Pushbell.Dispatch.Tests.Storage.OrganizationFirst;

/// <summary>"Every hot table's key begins with the organization": read from the catalogue, not from the migrations.</summary>
public sealed class SchemaTests
{
    private const string Person = "a person signs in before it is known for which organization, and may belong to several";

    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["organization_pkey"] = "its id is the organization",
        ["service_identifier_key"] = "the hosted PWA's address names a service before its organization is known",
        ["api_key_pkey"] = "a request is found by its key's hash before its organization is known",
        ["account_pkey"] = Person,
        ["account_email_key"] = Person,
        ["recovery_code_pkey"] = Person,
        ["recovery_code_account_id_fkey"] = Person,
        ["account_session_pkey"] = Person,
        ["account_session_by_account"] = Person,
        ["account_session_account_id_fkey"] = Person,
        ["account_link_pkey"] = Person,
        ["account_link_account_id_fkey"] = Person,
        ["sign_in_attempt_pkey"] = "who tries to sign in is not known yet",
        ["invitation_hash_key"] = "a link is found by its hash before its organization is known",
        ["management_key_pkey"] = "a request is found by its key's hash before its organization is known",
        ["schema_version_pkey"] = "of the database, nobody's",
        ["write_mark_pkey"] = "of a node, by which it finds its own transactions again",
    };

    private const string Unique = """
        SELECT t.relname AS in_table, i.relname AS name, a.attname AS first_column
        FROM pg_index x
        JOIN pg_class t ON t.oid = x.indrelid
        JOIN pg_class i ON i.oid = x.indexrelid
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
        WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace
        """;

    private const string Foreign = """
        SELECT t.relname AS in_table, c.conname AS name, a.attname AS first_column
        FROM pg_constraint c
        JOIN pg_class t ON t.oid = c.conrelid
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND t.relnamespace = 'public'::regnamespace
        """;

    [Fact]
    public async Task KeysAndReferences_AllButTheListed_BeginWithTheOrganization()
    {
        await using var storage = await TestDatabase.CreateAsync();
        await using var connection = await storage.ConnectAsync();
        var unique = (await connection.QueryAsync<Key>(Unique)).AsList();
        var foreign = (await connection.QueryAsync<Key>(Foreign)).AsList();

        // None without a key.
        unique.Select(key => key.InTable).Distinct().Order().ShouldBe((await storage.TablesAsync()).Order());
        foreign.Count.ShouldBeGreaterThan(5);
        unique
            .Concat(foreign)
            .Where(key => key.FirstColumn != "organization_id")
            .Select(key => key.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Exceptions.Keys.Order(StringComparer.Ordinal));
    }

    private sealed record Key
    {
        public string InTable { get; init; } = "";

        public string Name { get; init; } = "";

        public string FirstColumn { get; init; } = "";
    }
}
