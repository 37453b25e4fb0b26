using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;
using Pushbell.Dispatch.Storage.Sqlite;

namespace Pushbell.Dispatch.Tests.Storage.Sqlite;

public sealed class PreparedConnectionTests : IDisposable
{
    private const string Echo = "SELECT @value";
    private readonly SqliteConnection inner = new("Data Source=:memory:;Pooling=False");
    private readonly List<PreparedConnection> kept = [];
    private readonly PreparedConnection connection;

    public PreparedConnectionTests()
    {
        connection = new PreparedConnection(inner, given =>
        {
            kept.Add(given);
            return true;
        });
        connection.Open();
    }

    public void Dispose() => inner.Dispose();

    [Fact]
    public void Statement_GivenBack_IsTheOneThatTheNextGets()
    {
        var first = connection.Take(Echo);
        var meanwhile = connection.Take(Echo);
        connection.GiveBack(first);

        connection.Take(Echo).ShouldBeSameAs(first);
        meanwhile.ShouldNotBeSameAs(first);
    }

    [Fact]
    public void Command_Disposed_GivesItsStatementBack_WithoutWhatItWasRunWith()
    {
        var first = connection.Take(Echo);
        connection.GiveBack(first);
        using (var transaction = connection.BeginTransaction())
        {
            connection.ExecuteScalar<long>(Echo, new { value = 1 }, transaction, commandTimeout: 77).ShouldBe(1);
            transaction.Commit();
        }

        var again = connection.Take(Echo);

        again.ShouldBeSameAs(first);
        (again.Parameters.Count, again.Transaction, again.CommandTimeout).ShouldBe((0, null, inner.DefaultTimeout));
    }

    [Fact]
    public void Reader_StillOpen_KeepsItsStatementToItself()
    {
        const string Rows = "SELECT value FROM json_each(@values)";
        using var outer = connection.ExecuteReader(Rows, new { values = "[1,2]" });
        outer.Read().ShouldBeTrue();

        connection.Query<long>(Rows, new { values = "[7,8,9]" }).ShouldBe([7, 8, 9]);

        outer.Read().ShouldBeTrue();
        outer.GetInt64(0).ShouldBe(2);
    }

    [Fact]
    public void Connection_InGoodOrder_IsHandedBackOpen()
    {
        connection.ExecuteScalar<long>(Echo, new { value = 2 }).ShouldBe(2);

        connection.Dispose();

        kept.ShouldBe([connection]);
        inner.State.ShouldBe(ConnectionState.Open);
    }

    [Fact]
    public void Connection_OnWhichAStatementFailed_IsClosed()
    {
        connection.Execute("CREATE TABLE one (id INTEGER PRIMARY KEY); INSERT INTO one VALUES (1)");
        Should.Throw<SqliteException>(() => connection.Execute("INSERT INTO one VALUES (@id)", new { id = 1 }));

        connection.Dispose();

        kept.ShouldBeEmpty();
        inner.State.ShouldBe(ConnectionState.Closed);
    }

    [Fact]
    public void Connection_ThatNobodyTakes_IsClosed()
    {
        using var other = new SqliteConnection("Data Source=:memory:;Pooling=False");
        var untaken = new PreparedConnection(other, _ => false);
        untaken.Open();

        untaken.Dispose();

        other.State.ShouldBe(ConnectionState.Closed);
    }
}
