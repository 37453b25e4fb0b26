using System.Data.Common;
using Dapper;

namespace Pushbell.Dispatch.Storage;

/// <summary>Opens connections, and runs work on them.</summary>
internal sealed class Connections(Dialect dialect)
{
    public Dialect Dialect => dialect;

    public async Task<DbConnection> OpenAsync(bool writes, CancellationToken cancellationToken)
    {
        var connection = dialect.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            if (dialect.OnOpen(writes) is { Length: > 0 } setup)
            {
                await connection.ExecuteAsync(setup);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> body, CancellationToken cancellationToken)
    {
        for (var retry = new Retry(dialect); ;)
        {
            try
            {
                await using var connection = await OpenAsync(writes: false, cancellationToken);
                return await body(new Session(connection, null, dialect, cancellationToken));
            }
            catch (DbException exception) when (retry.IsWorthwhile(exception))
            {
                await retry.PauseAsync(cancellationToken);
            }
        }
    }
}
