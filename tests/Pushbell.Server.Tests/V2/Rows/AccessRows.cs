using Pushbell.Server.Tests.V2.Conformance;
using Pushbell.Testing;
using static Pushbell.Server.Tests.V2.Rows.SendBodies;

namespace Pushbell.Server.Tests.V2.Rows;

/// <summary>Who may do what, routes and methods.</summary>
internal static class AccessRows
{
    private const string Missing = "Invalid or missing secret key: send it in the X-Secret-Key header.";
    private const string Unknown = "Invalid or missing secret key: the one in X-Secret-Key is unknown or revoked.";
    private const string SwitchedOff = "Push notifications are switched off for this service.";

    /// <summary>Every route of the secret key with the scope that a restricted one needs; the ids are unknown on purpose.</summary>
    private static readonly (Call Call, string Scope)[] Routes =
    [
        (Call.Post("/send", "{}"), "send"),
        (Call.Post("/broadcast", "{}"), "send"),
        (Call.Get("/requests"), "read"),
        (Call.Get("/requests/x"), "read"),
        (Call.Get("/requests/x/deliveries"), "read"),
        (Call.Get("/quota"), "read"),
        (Call.Get("/service"), "read"),
        (Call.Get("/clients"), "clients"),
        (Call.Get("/clients/x"), "clients"),
        (Call.Delete("/clients/x"), "clients"),
    ];

    public static IEnumerable<Row> All => [.. EveryRoute, .. Keys, .. Scopes, .. UnknownRoutes, .. Methods, .. Deregistering];

    private static IEnumerable<Row> EveryRoute =>
        Routes.SelectMany(route =>
            new[]
            {
                Refused(route.Call, "no key", Page.KeyRequired, [], Unauthorized(Missing)),
                Refused(route.Call, "unknown key", Page.Unauthorized, ["sk_0123456789abcdefghijklmn"], Unauthorized(Unknown)),
                Refused(route.Call, "API key", Contract.WrongKind, [RunningServer.ApiKey], Forbidden(WrongKind("psk_"))),
                Refused(route.Call, "service off", Contract.SwitchedOff, ["<key:off>"], Forbidden(SwitchedOff)),
                Refused(route.Call, "no scopes", Contract.WithoutScope, ["<key:none>"], Forbidden($"This restricted key lacks the scope {route.Scope}.")),
            }
        );

    private static IEnumerable<Row> Keys =>
        [
            Quota("empty key", Page.Unauthorized, [""], Unauthorized(Missing)),
            Quota("two keys", Page.Unauthorized, [RunningServer.SecretKey, RunningServer.SecretKey], Unauthorized(Unknown)),
            Quota("a key too long to be one", Page.Unauthorized, ["sk_" + new string('x', 300)], Unauthorized(Missing)),
            Quota("revoked key", Page.Unauthorized, ["<key:revoked>"], Unauthorized(Unknown)),
            Quota("in capitals", Page.Unauthorized, [RunningServer.SecretKey.ToUpperInvariant()], Unauthorized(Unknown)),
            Quota("publishable key", Page.Forbidden, [RunningServer.PublishableKey], Forbidden(WrongKind("pk_"))),
            Quota("inactive service", Contract.SwitchedOff, ["<key:inactive>"], Forbidden(SwitchedOff)),
            new(
                "quota: from a web page",
                Contract.SecretKeyWithOrigin,
                Call.Get("/quota") with
                {
                    Headers = [("Origin", RunningServer.Origin)],
                },
                Forbidden("This key came from a web page, where anyone can read it. Use it on a server only, and revoke it now.")
            ),
            new("quota: key in the query", Page.Authentication, Call.Get("/quota?X-Secret-Key=" + RunningServer.SecretKey) with { Keys = [] }, Unauthorized(Missing)),
            new(
                "quota: key as a bearer token",
                Page.Authentication,
                Call.Get("/quota") with
                {
                    Keys = [],
                    Headers = [("Authorization", "Bearer " + RunningServer.SecretKey)],
                },
                Unauthorized(Missing)
            ),
            new("send: key before body", Page.Unauthorized, Call.Send("{") with { Keys = [] }, Unauthorized(Missing)),
            new("send: key before media type", Page.Unauthorized, Call.Send("{") with { Keys = [], ContentType = "text/plain" }, Unauthorized(Missing)),
        ];

    private static IEnumerable<Row> Scopes =>
        [
            new("scope send: sends", Contract.WithoutScope, Call.Send(With()) with { Keys = ["<key:send>"] }, Answer.Sent(1)),
            Refused(Call.Get("/clients"), "scope send", Contract.WithoutScope, ["<key:send>"], Forbidden("This restricted key lacks the scope clients.")),
            Refused(Call.Send("{}"), "scopes read and clients", Contract.WithoutScope, ["<key:read+clients>"], Forbidden("This restricted key lacks the scope send.")),
            new("scope read: finds no request", Contract.WithoutScope, Call.Get("/requests/x") with { Keys = ["<key:read>"] }, NotFound("There is no request x.")),
            new(
                "scopes read and clients: find no client",
                Contract.WithoutScope,
                Call.Get("/clients/x") with { Keys = ["<key:read+clients>"] },
                NotFound("There is no client registration x.")
            ),
        ];

    private static IEnumerable<Row> UnknownRoutes =>
        new[] { "/v2", "/v2/", "/v2/push", "/v2/push/", "/v2/push/sends", "/v2/push/send/now", "/v2/push/clients/x/y", "/v2/push/%3Cscript%3E" }.Select(path =>
            new Row(
                $"no route: {path}",
                Contract.SameFormEverywhere,
                new Call(HttpMethod.Get, path) { Keys = [] },
                NotFound($"There is nothing at {path}.")
            )
        );

    private static IEnumerable<Row> Methods =>
        new[]
        {
            ("GET", "/send", "POST"),
            ("PUT", "/send", "POST"),
            ("GET", "/broadcast", "POST"),
            ("POST", "/quota", "GET"),
            ("DELETE", "/clients", "GET"),
            ("POST", "/service", "GET"),
            ("POST", "/requests", "GET"),
            ("GET", "/registrations", "POST"),
        }.Select(call =>
            new Row(
                $"method: {call.Item1} {call.Item2}",
                Contract.SameFormEverywhere,
                new Call(new HttpMethod(call.Item1), "/v2/push" + call.Item2),
                Answer.Error(405, "INVALID_REQUEST", $"/v2/push{call.Item2} does not take {call.Item1}; it takes {call.Item3}.") with
                {
                    Headers = [("Allow", call.Item3)],
                }
            )
        );

    /// <summary>Nothing here counts clients, so Ann's second browser can go, whichever row comes first.</summary>
    private static IEnumerable<Row> Deregistering =>
        [
            Gone("with a reason", Page.Deregister, "<ann2>", "?reason=user_requested"),
            Gone("without a reason", Page.Deregister, "<ann2>", ""),
            Gone("once more", Contract.Twice, "<erin>", "?reason=again"),
            Gone("an expired one", Page.Deregister, "<carol>", ""),
            new("deregister: unknown", Page.NotFound, Call.Delete("/clients/reg_0000000000001"), NotFound("There is no client registration <reg>.")),
            new("deregister: no id", Page.NotFound, Call.Delete("/clients/uuid"), NotFound("There is no client registration uuid.")),
        ];

    private static Row Gone(string name, string cites, string id, string query) =>
        new(
            $"deregister: {name}",
            cites,
            Call.Delete($"/clients/{id}{query}"),
            new Answer(200, $$"""{"success":true,"registration_id":"{{id}}","message":"Client deregistered successfully"}""")
        );

    private static Row Quota(string name, string cites, string[] keys, Answer answer) => Refused(Call.Get("/quota"), name, cites, keys, answer);

    private static Row Refused(Call call, string name, string cites, string[] keys, Answer answer) =>
        new($"{call.Method} {call.Path["/v2/push".Length..]}: {name}", cites, call with { Keys = keys }, answer);

    private static Answer Unauthorized(string detail) => Answer.Error(401, "UNAUTHORIZED", detail);

    private static Answer Forbidden(string detail) => Answer.Error(403, "FORBIDDEN", detail);

    private static Answer NotFound(string detail) => Answer.Error(404, "NOT_FOUND", detail);

    private static string WrongKind(string prefix) => $"This key may not do that: sk_ or rk_ is needed here, not {prefix}.";
}
