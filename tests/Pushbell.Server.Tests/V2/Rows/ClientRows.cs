using Pushbell.Server.Tests.V2.Conformance;

namespace Pushbell.Server.Tests.V2.Rows;

/// <summary>Clients as they are listed and shown. Newest first: Fred, Bob, Ann's second, Ann's first, Erin, Carol, Dave.</summary>
internal static class ClientRows
{
    private const string Unknown = "reg_0000000000001";
    private const string NoDevice = """{"browser_name":null,"browser_version":null,"os_name":null,"device_type":null}""";

    private static readonly string Fred = Client("fred", "active", null, "14:40:00", isOnline: true);

    private const string Bob =
        """{"registration_id":"<bob>","organization_id":"<org>","service_id":"<svc>","status":"active","is_active":true,"is_online":false,"is_installed":true,"is_subscribed":true,"user_email":"bob@example.com","last_active":"2026-01-18T14:35:00Z","notification_count":1,"device_info":{"browser_name":"Chrome","browser_version":"120","os_name":"Windows","device_type":"desktop"},"created_at":"2026-01-18T14:35:00Z"}""";

    private static readonly string Ann2 = Client("ann2", "active", "ann@example.com", "14:34:00");
    private static readonly string Ann1 = Client("ann1", "active", "ann@example.com", "14:33:00");
    private static readonly string Erin = Client("erin", "unregistered", "erin@example.com", "14:32:00");
    private static readonly string Carol = Client("carol", "expired", "carol@example.com", "14:31:00");
    private static readonly string Dave = Client("dave", "inactive", "dave@example.com", "14:30:00", day: 15);

    public static IEnumerable<Row> All => [.. Lists, .. Pages, .. BadQueries, .. Single];

    private static IEnumerable<Row> Lists =>
        [
            List("all, newest first", Contract.NewestFirst, "", 7, Fred, Bob, Ann2, Ann1, Erin, Carol, Dave),
            List("active", Page.StatusFilter, "?status=active", 4, Fred, Bob, Ann2, Ann1),
            List("inactive: five refusals", Contract.Inactive, "?status=inactive", 1, Dave),
            List("expired: 410", Contract.Expired, "?status=expired", 1, Carol),
            List("unregistered: deregistered", Contract.Unregistered, "?status=unregistered", 1, Erin),
            List("of a person", Page.EmailFilter, "?user_email=ann@example.com", 2, Ann2, Ann1),
            List("of a person in capitals and blanks", Contract.EmailsCompare, "?user_email=%20ANN@example.com%20", 2, Ann2, Ann1),
            List("of nobody", Page.EmailFilter, "?user_email=who@example.com", 0),
            List("of a person with a status", Page.EmailFilter, "?user_email=ann@example.com&status=active", 2, Ann2, Ann1),
            List("of a person with another status", Page.EmailFilter, "?user_email=ann@example.com&status=expired", 0),
            List("empty filters", Page.ListClients, "?status=&user_email=&after=&limit=&offset=", 7, Fred, Bob, Ann2, Ann1, Erin, Carol, Dave),
            List("unknown parameters", Page.ListClients, "?sort=old&status=expired", 1, Carol),
        ];

    private static IEnumerable<Row> Pages =>
        [
            Paged("limit 1", Page.Limit, "?limit=1", 7, 1, 0, Fred),
            Paged("limit 1000", Page.Limit, "?limit=1000&status=expired", 1, 1000, 0, Carol),
            Paged("offset 5", Page.Offset, "?offset=5", 7, 100, 5, Carol, Dave),
            Paged("offset beyond the end", Page.Offset, "?offset=7", 7, 100, 7),
            Paged("limit and offset", Page.Offset, "?limit=2&offset=1", 7, 2, 1, Bob, Ann2),
            Paged("limit, offset and filter", Page.Offset, "?limit=2&offset=1&status=active", 4, 2, 1, Bob, Ann2),
            Paged("after the newest", Contract.NewestFirst, "?limit=2&after=<fred>", 7, 2, 0, Bob, Ann2),
            Paged("after one in the middle", Contract.NewestFirst, "?after=<erin>", 7, 100, 0, Carol, Dave),
            Paged("after the oldest", Contract.NewestFirst, "?after=<dave>", 7, 100, 0),
            Paged("after, within a filter", Contract.NewestFirst, "?after=<bob>&status=active&limit=1", 4, 1, 0, Ann2),
        ];

    private static IEnumerable<Row> BadQueries =>
        [
            Bad("status: unknown", Contract.BadFilter, "?status=deleted", Status),
            Bad("status: in capitals", Contract.BadFilter, "?status=ACTIVE", Status),
            Bad("status: a number", Contract.BadFilter, "?status=0", Status),
            Bad("status: twice", Contract.BadFilter, "?status=active&status=expired", Status),
            Bad("limit 1001", Contract.BadFilter, "?limit=1001", Limit),
            Bad("limit 0", Page.Limit, "?limit=0", Limit),
            Bad("limit -1", Page.Limit, "?limit=-1", Limit),
            Bad("limit: a word", Page.Limit, "?limit=many", Limit),
            Bad("limit 1e2", Page.Limit, "?limit=1e2", Limit),
            Bad("offset -1", Page.Offset, "?offset=-1", "offset must be a whole number, 0 or more."),
            Bad("offset: a word", Page.Offset, "?offset=x", "offset must be a whole number, 0 or more."),
            Bad("offset beyond all numbers", Page.Offset, "?offset=99999999999", "offset must be a whole number, 0 or more."),
            Bad("after: no id", Contract.NewestFirst, "?after=7", "after must be the registration_id of the last client of the page before."),
            Bad("user_email: no address", Page.EmailFilter, "?user_email=ann", "user_email is not an email address."),
        ];

    private const string Status = "status must be one of active, inactive, expired, unregistered.";
    private const string Limit = "limit must be a whole number from 1 to 1000.";

    private static IEnumerable<Row> Single =>
        [
            new("client: with everything", Page.GetClient, Call.Get("/clients/<bob>"), new Answer(200, Bob)),
            new("client: just here", Contract.Online, Call.Get("/clients/<fred>"), new Answer(200, Fred)),
            new("client: expired", Page.GetClient, Call.Get("/clients/<carol>"), new Answer(200, Carol)),
            new("client: inactive", Page.GetClient, Call.Get("/clients/<dave>"), new Answer(200, Dave)),
            new("client: unregistered", Page.GetClient, Call.Get("/clients/<erin>"), new Answer(200, Erin)),
            Missing("client: unknown", Unknown),
            Missing("client: no id", "uuid-expired-device"),
            Missing("client: in capitals", "REG_0000000000001"),
            Missing("client: of another kind", "req_0000000000001"),
            Missing("client: too long by one", Unknown + "0"),
        ];

    private static Row List(string name, string cites, string query, int total, params string[] clients) =>
        Paged(name, cites, query, total, 100, 0, clients);

    private static Row Paged(string name, string cites, string query, int total, int limit, int offset, params string[] clients) =>
        new(
            $"clients: {name}",
            cites,
            Call.Get("/clients" + query),
            new Answer(200, $$"""{"clients":[{{string.Join(',', clients)}}],"total":{{total}},"limit":{{limit}},"offset":{{offset}}}""")
        );

    private static Row Bad(string name, string cites, string query, string detail) =>
        new($"clients: {name}", cites, Call.Get("/clients" + query), Answer.Invalid(detail));

    private static Row Missing(string name, string id) =>
        new(name, Page.NotFound, Call.Get("/clients/" + id), Answer.Error(404, "NOT_FOUND", $"There is no client registration {id}."));

    private static string Client(string id, string status, string? email, string time, bool isOnline = false, int day = 18)
    {
        var (active, online) = (status == "active" ? "true" : "false", isOnline ? "true" : "false");
        var address = email is null ? "null" : $"\"{email}\"";
        var at = $"2026-01-{day}T{time}Z";
        return $$"""{"registration_id":"<{{id}}>","organization_id":"<org>","service_id":"<svc>","status":"{{status}}","is_active":{{active}},"is_online":{{online}},"is_installed":false,"is_subscribed":{{active}},"user_email":{{address}},"last_active":"{{at}}","notification_count":0,"device_info":{{NoDevice}},"created_at":"{{at}}"}""";
    }
}
