using Dapper;
using Npgsql;
using Pushbell.Testing.Postgres;

namespace Pushbell.Dispatch.Tests.Storage.Moving;

/// <summary>One clear sentence each, and nothing changed on either side.</summary>
public sealed class RefusedMoveTests : IAsyncLifetime
{
    private const string Wanted = "An installation moves into PostgreSQL: give 'Host=<server>;Database=<name>;Username=<user>;Password=<password>'.";
    private House house = null!;

    public async ValueTask InitializeAsync() => house = await House.CreateAsync();

    public ValueTask DisposeAsync() => house?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Run_SourceInUse_IsRefused()
    {
        await using var server = await house.Old.StartAsync(house.Clock);
        await server.WriteAsync(session => session.ExecuteAsync("UPDATE organization SET served = served + 1"), CancellationToken.None);

        (await house.RefusalAsync()).ShouldBe($"{house.Old.File} is in use. Stop the server first; it stays stopped until the move is through.");

        await server.WriteAsync(session => session.ExecuteAsync("UPDATE organization SET served = served + 1"), CancellationToken.None);
        (await house.Target.TablesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_SourceMissing_IsRefusedAndNotMade()
    {
        var missing = Path.Combine(house.Old.Storage.Folder, "nothing.db");

        (await house.RefusalAsync(source: $"Data Source={missing}")).ShouldBe($"There is no installation to move: {missing} does not exist.");

        File.Exists(missing).ShouldBeFalse();
        (await house.Target.TablesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Host=db.example.com;Database=pushbell")]
    [InlineData("Data Source=")]
    [InlineData("nonsense")]
    public async Task Run_SourceNotSqlite_IsRefused(string source) =>
        (await house.RefusalAsync(source: source)).ShouldBe("ConnectionStrings:Pushbell must name the SQLite installation to move: 'Data Source=<file>'.");

    [Theory]
    [InlineData("", "is not a database of Pushbell")]
    [InlineData("this was never a database, but it is longer than the header of one, which has a hundred bytes; so it is read", "cannot be read")]
    public async Task Run_SourceOfSomethingElse_IsRefused(string content, string reason)
    {
        var file = Path.Combine(house.Old.Storage.Folder, "other.db");
        await File.WriteAllTextAsync(file, content);

        (await house.RefusalAsync(source: $"Data Source={file}")).ShouldContain(reason);

        (await File.ReadAllTextAsync(file)).ShouldBe(content);
        (await house.Target.TablesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_SourceOfANewerVersion_IsRefused()
    {
        await house.Old.ChangeAsync("INSERT INTO schema_version VALUES (9999, '9999_later', 0)");

        (await house.RefusalAsync()).ShouldContain("Start the newer build.");

        (await house.Target.TablesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_TargetWithAnInstallation_IsRefused()
    {
        await house.MoveAsync();
        var before = await Contents.ReadAsync(house.Target);

        (await house.RefusalAsync()).ShouldBe("The target is not empty: it holds an installation already. Name a new, empty database.");

        (await Contents.ReadAsync(house.Target)).Values.SelectMany(rows => rows).ShouldBe(before.Values.SelectMany(rows => rows));
        await using var server = await house.StartOnTargetAsync();
    }

    [Fact]
    public async Task Run_TargetWithOtherTables_IsRefused()
    {
        await house.ChangeTargetAsync("CREATE TABLE service (mine TEXT)");

        (await house.RefusalAsync()).ShouldBe("The target is not empty: it holds tables of something else. Name a new, empty database.");

        (await house.Target.TablesAsync()).ShouldBe(["service"]);
    }

    [Fact]
    public async Task Run_TargetMigratedButEmpty_IsTaken()
    {
        await using (await house.StartOnTargetAsync()) { }

        await house.MoveAsync();

        await Contents.ShouldBeEqualAsync(house.Old.Storage, house.Target);
    }

    [Fact]
    public async Task Run_TargetOfAnotherEncoding_IsRefused()
    {
        var server = await PrivatePostgres.OfThisProcessAsync();
        var name = $"latin_{Guid.NewGuid():n}";
        await using (var connection = new NpgsqlConnection($"{server.ConnectionString};Pooling=False"))
        {
            await connection.ExecuteAsync($"CREATE DATABASE {name} ENCODING 'LATIN1' TEMPLATE template0");
        }

        try
        {
            (await house.RefusalAsync(target: server.ConnectionStringOf(name))).ShouldStartWith("The target's encoding is LATIN1, which cannot hold every text.");
        }
        finally
        {
            await server.DropDatabaseAsync(name);
        }
    }

    [Theory]
    [InlineData("Data Source=other.db", Wanted)]
    [InlineData("nonsense", Wanted)]
    [InlineData("Database=pushbell", Wanted)]
    [InlineData("Host=127.0.0.1;Prot=1", Wanted)]
    [InlineData("Host=127.0.0.1;Port=1;Timeout=2", "The target failed: Failed to connect to 127.0.0.1:1. Nothing was changed here")]
    public async Task Run_TargetThatCannotBe_IsRefused(string target, string sentence)
    {
        var before = await Contents.ReadAsync(house.Old.Storage);

        (await house.RefusalAsync(target: target)).ShouldStartWith(sentence);

        (await Contents.ReadAsync(house.Old.Storage)).Values.SelectMany(rows => rows).ShouldBe(before.Values.SelectMany(rows => rows));
    }

    [Fact]
    public async Task Run_TargetThatDoesNotExist_IsRefusedWithItsName()
    {
        var target = new NpgsqlConnectionStringBuilder(house.Target.ConnectionString) { Database = "nowhere" };

        (await house.RefusalAsync(target: target.ToString())).ShouldStartWith("The target failed: database \"nowhere\" does not exist.");
    }

    [Theory]
    [InlineData("registration", "device_info")]
    [InlineData("organization", "name")]
    [InlineData("alarm", "sentence")]
    public async Task Run_TextWithTheNullCharacter_IsRefusedAndNamesTheColumn(string table, string column)
    {
        await house.Old.ChangeAsync($"UPDATE {table} SET {column} = 'a' || char(0) || 'b' WHERE id = 10000000");

        var sentence = await house.RefusalAsync();

        sentence.ShouldStartWith($"Table {table}, column {column}: a text contains the character U+0000, which PostgreSQL cannot store (");
        sentence.ShouldContain("id = 10000000");
        (await house.Target.TablesAsync()).ShouldBeEmpty();
        await house.Old.ChangeAsync($"UPDATE {table} SET {column} = 'ab' WHERE id = 10000000");
        await house.MoveAsync();
        await Contents.ShouldBeEqualAsync(house.Old.Storage, house.Target);
    }
}
