using System.Text.Encodings.Web;

namespace Pushbell.Server.Hosting;

/// <summary>What people see, rather than programs, where something is not there or does not work: one sentence.</summary>
internal static class PlainPage
{
    public static Task WriteAsync(HttpContext context, Refusal refusal)
    {
        Refusal.SetStatus(context.Response, refusal.Status, refusal.RetryAfter);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = Pages.ContentSecurityPolicy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Pushbell</title>
            <h1>{HtmlEncoder.Default.Encode(refusal.Sentence)}</h1>
            </html>

            """,
            context.RequestAborted
        );
    }
}
