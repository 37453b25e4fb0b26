using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Management;

/// <summary>
/// Holds a session's token in the browser. Over https its name makes the browser itself see to it that it is Secure, ours alone and for
/// every path (RFC 6265bis §4.1.3.2); over plain http, on a developer's machine, it cannot have that name.
/// </summary>
internal static class SessionCookie
{
    private const string Name = "pushbell", SecureName = "__Host-pushbell";

    public static string? Read(HttpRequest request) => request.Cookies[NameOf(request)] is { Length: > 0 and <= 256 } token ? token : null;

    public static void Write(HttpContext context, string token) =>
        context.Response.Cookies.Append(NameOf(context.Request), token, Options(context.Request, AccountSessions.AbsoluteEnd));

    public static void Clear(HttpContext context) => context.Response.Cookies.Append(NameOf(context.Request), "", Options(context.Request, TimeSpan.Zero));

    private static string NameOf(HttpRequest request) => request.IsHttps ? SecureName : Name;

    private static CookieOptions Options(HttpRequest request, TimeSpan kept) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = request.IsHttps,
            Path = "/",
            MaxAge = kept,
        };
}
