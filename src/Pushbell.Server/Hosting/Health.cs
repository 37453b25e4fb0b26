using Pushbell.Dispatch.Storage;

namespace Pushbell.Server.Hosting;

/// <summary>Whether this process may be given traffic.</summary>
internal sealed class ReadyCheck(Database database, IHostApplicationLifetime lifetime)
{
    // Whoever asks gives up soon; a connection whose other end is silent takes much longer. Real time passes there, whatever clock a test has.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private Task<bool> asking = Task.FromResult(false);

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return false;
        }

        try
        {
            return await Asking().WaitAsync(Patience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>One question at a time for all who want to know: while the database is silent, each would hold a connection.</summary>
    private Task<bool> Asking()
    {
        lock (gate)
        {
            if (asking.IsCompleted)
            {
                asking = AskAsync();
            }

            return asking;
        }
    }

    private async Task<bool> AskAsync()
    {
        try
        {
            return await database.ReadAsync(session => session.FirstAsync<int>("SELECT 1"), CancellationToken.None) == 1;
        }
        catch (StorageOutageException)
        {
            return false;
        }
    }
}

internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live"));
        app.MapGet(
            "/health/ready",
            async (ReadyCheck check, CancellationToken cancellationToken) =>
                await check.IsReadyAsync(cancellationToken)
                    ? Results.Text("ready")
                    : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable)
        );
    }
}
