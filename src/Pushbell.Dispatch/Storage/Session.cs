using System.Data.Common;
using Dapper;

namespace Pushbell.Dispatch.Storage;

/// <summary>Statements on one connection, inside the transaction when there is one. Columns map to properties by name.</summary>
public sealed class Session(DbConnection connection, DbTransaction? transaction, Dialect dialect, CancellationToken cancellationToken)
{
    private int? commandSeconds;

    public Dialect Dialect => dialect;

    /// <returns>The number of rows changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? values = null) => connection.ExecuteAsync(Command(sql, values));

    /// <returns>The first row, or the type's default when there is none.</returns>
    public Task<T?> FirstAsync<T>(string sql, object? values = null) => connection.QueryFirstOrDefaultAsync<T>(Command(sql, values));

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? values = null) =>
        (await connection.QueryAsync<T>(Command(sql, values))).AsList();

    /// <summary>Holds <paramref name="name"/> until the transaction ends; whoever else asks for it waits. For what no row stands for yet.</summary>
    public Task LockAsync(string name) => dialect.Lock is { } sql ? ExecuteAsync(sql, new { name }) : Task.CompletedTask;

    /// <summary>Lets the rest of this transaction take as long as it takes: what goes through a whole table does not end sooner for being tried again.</summary>
    public async Task TakeTimeAsync()
    {
        if (dialect.TakeTime is { } sql)
        {
            commandSeconds = 0;
            await ExecuteAsync(sql);
        }
    }

    private CommandDefinition Command(string sql, object? values) =>
        new(sql, values, transaction, commandSeconds, cancellationToken: cancellationToken);
}
