using Pushbell.Dispatch.Storage;

namespace Pushbell.Server.Hosting;

/// <summary>Whether this process may be given traffic.</summary>
internal sealed class ReadyCheck(Database database, IHostApplicationLifetime lifetime)
{
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return false;
        }

        try
        {
            return await database.ReadAsync(session => session.FirstAsync<int>("SELECT 1"), cancellationToken) == 1;
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
