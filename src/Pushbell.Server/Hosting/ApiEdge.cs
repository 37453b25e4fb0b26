using Microsoft.AspNetCore.Http.Features;
using Pushbell.Dispatch.Storage;

namespace Pushbell.Server.Hosting;

/// <summary>
/// The outermost layer of one API: whatever goes wrong below a path — an unknown route, a wrong method, a crash, a database that is
/// away — is answered in that API's own error form.
/// </summary>
internal static partial class ApiEdge
{
    /// <param name="app">The server.</param>
    /// <param name="path">Where the API begins.</param>
    /// <param name="write">Writes a refusal in the API's form.</param>
    public static void UseApiEdge(this WebApplication app, string path, Func<HttpContext, Refusal, Task> write) =>
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase),
            api =>
                api.Use(
                    async (context, next) =>
                    {
                        context.Features.Set(new ErrorForm(write));
                        var refusal = await RunAsync(context, next);
                        if (refusal is not null && !context.Response.HasStarted)
                        {
                            await write(context, refusal);
                        }
                    }
                )
        );

    /// <summary>Turns a request away in the form of the API that it came to.</summary>
    public static Task RefuseAsync(HttpContext context, Refusal refusal) => context.Features.GetRequiredFeature<ErrorForm>().Write(context, refusal);

    private static async Task<Refusal?> RunAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            return context.Response.HasStarted || context.Response.ContentLength > 0 ? null : OfStatus(context);
        }
        catch (BadHttpRequestException exception)
        {
            return exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new Refusal(RefusalKind.BodyTooLarge, "The request body is too large.")
                : new Refusal(RefusalKind.InvalidRequest, "The request could not be read: " + exception.Message);
        }
        catch (StorageOutageException exception) when (exception.IsFateUnknown)
        {
            // A 5xx promises that nothing was sent. No answer is the only true one; the caller asks again with his Idempotency-Key.
            Log.Outage(Logger(context), context.Request.Method, exception);
            context.Abort();
            return null;
        }
        catch (StorageOutageException exception)
        {
            Log.Outage(Logger(context), context.Request.Method, exception);
            return new Refusal(
                RefusalKind.Unavailable,
                "Push service temporarily unavailable; nothing was sent and nothing charged. Try again.",
                TimeSpan.FromSeconds(5)
            );
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Log.Crashed(Logger(context), context.Request.Method, exception);
            return new Refusal(RefusalKind.Crashed, "Something went wrong here; nothing was sent and nothing charged. Try again.");
        }
    }

    private static Refusal? OfStatus(HttpContext context) =>
        context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => new Refusal(RefusalKind.NotFound, $"There is nothing at {context.Request.Path}."),
            StatusCodes.Status405MethodNotAllowed => new Refusal(
                RefusalKind.MethodNotAllowed,
                $"{context.Request.Path} does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}."
            ),
            _ => null,
        };

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Pushbell.Server.ApiEdge");

    private sealed record ErrorForm(Func<HttpContext, Refusal, Task> Write);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Method}: the database is unavailable")]
        public static partial void Outage(ILogger logger, string method, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Method}: crashed")]
        public static partial void Crashed(ILogger logger, string method, Exception exception);
    }
}
