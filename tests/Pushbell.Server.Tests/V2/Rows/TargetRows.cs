using Pushbell.Server.Tests.V2.Conformance;
using static Pushbell.Server.Tests.V2.Rows.SendBodies;

namespace Pushbell.Server.Tests.V2.Rows;

/// <summary>Whom a send is for. Active on the stage: Ann's two browsers, Bob's and Fred's.</summary>
internal static class TargetRows
{
    private const string OneOf =
        "Name the target with exactly one of target_all: true, target_user_emails, target_user_ids, target_registration_ids.";

    private const string Unknown = "reg_0000000000001";

    private static readonly (string Name, string Json)[] Lists =
    [
        ("target_user_emails", """["ann@example.com"]"""),
        ("target_user_ids", """["user-ann"]"""),
        ("target_registration_ids", """["<ann1>"]"""),
    ];

    public static IEnumerable<Row> All => [.. Count, .. EveryList, .. Everyone, .. People, .. Devices, .. Broadcasts];

    private static IEnumerable<Row> Count =>
        [
            Bad("target: none", Contract.ExactlyOneTarget, OneOf),
            Bad("target: target_all false alone", Contract.ExactlyOneTarget, OneOf, ("target_all", "false")),
            Bad("target: target_all null alone", Contract.ExactlyOneTarget, OneOf, ("target_all", "null")),
            Bad("target: all three lists", Contract.ExactlyOneTarget, OneOf, Lists),
            Bad("target: all four", Contract.ExactlyOneTarget, OneOf, [("target_all", "true"), .. Lists]),
            Bad("target: emails and user ids", Contract.ExactlyOneTarget, OneOf, Lists[0], Lists[1]),
            Bad("target: emails and registrations", Contract.ExactlyOneTarget, OneOf, Lists[0], Lists[2]),
            Bad("target: user ids and registrations", Contract.ExactlyOneTarget, OneOf, Lists[1], Lists[2]),
            Bad("target_all: a string", Page.InvalidRequest, "target_all must be true or false.", ("target_all", "\"true\"")),
            Bad("target_all: a number", Page.InvalidRequest, "target_all must be true or false.", ("target_all", "1")),
        ];

    private static IEnumerable<Row> EveryList =>
        Lists.SelectMany(list =>
            new[]
            {
                Bad($"{list.Name}: and target_all", Page.OneTarget, OneOf, ("target_all", "true"), list),
                Bad($"{list.Name}: empty beside target_all", Page.OneTarget, OneOf, ("target_all", "true"), (list.Name, "[]")),
                Ok($"{list.Name}: beside target_all false", Contract.FalseIsNoTargeting, list.Name == Lists[2].Name ? 1 : 2, ("target_all", "false"), list),
                Ok($"{list.Name}: null is no targeting", Page.OneTarget, 4, ("target_all", "true"), (list.Name, "null")),
                Bad($"{list.Name}: empty", Contract.ExactlyOneTarget, $"{list.Name} must hold 1 to 10,000 entries; it holds 0.", (list.Name, "[]")),
                Bad($"{list.Name}: a string", Page.InvalidRequest, $"{list.Name} must be a list of strings.", (list.Name, "\"x@example.com\"")),
                Bad($"{list.Name}: an object", Page.InvalidRequest, $"{list.Name} must be a list of strings.", (list.Name, "{}")),
                Bad($"{list.Name}: a number in it", Page.InvalidRequest, $"{list.Name}[1] must be a string.", (list.Name, """["x@example.com",7]""")),
                Bad($"{list.Name}: a list in it", Page.InvalidRequest, $"{list.Name}[0] must be a string.", (list.Name, """[["x"]]""")),
                Bad($"{list.Name}: null in it", Page.InvalidRequest, $"{list.Name} must hold strings that are not empty.", (list.Name, "[null]")),
                Bad($"{list.Name}: a blank in it", Page.InvalidRequest, $"{list.Name} must hold strings that are not empty.", (list.Name, """[" "]""")),
                Bad(
                    $"{list.Name}: 10,001",
                    Contract.IdsPerList,
                    $"{list.Name} must hold 1 to 10,000 entries; it holds 10,001.",
                    (list.Name, Ids(10_001))
                ),
            }
        );

    private static IEnumerable<Row> Everyone =>
        [
            Ok("target_all: true", Page.TargetAll, 4, ("target_all", "true")),
            new("target_all: with its own content", Page.TargetAll, Call.Send("""{"title":"T","body":"B","target_all":true,"tag":"news"}"""), Answer.Sent(4)),
        ];

    private static IEnumerable<Row> People =>
        [
            Ok("emails: both of Ann's browsers", Contract.EveryRegistration, 2, ("target_user_emails", """["ann@example.com"]""")),
            Ok("emails: in capitals", Contract.EmailsCompare, 2, ("target_user_emails", """["ANN@EXAMPLE.COM"]""")),
            Ok("emails: with blanks around", Contract.EmailsCompare, 2, ("target_user_emails", """["  ann@example.com\t"]""")),
            Ok("emails: two people", Page.TargetEmails, 3, ("target_user_emails", """["bob@example.com","ann@example.com"]""")),
            Ok("emails: the same twice", Contract.OneDelivery, 2, ("target_user_emails", """["ann@example.com"," Ann@example.com"]""")),
            Ok("emails: one that nobody has", Contract.NobodyIsNoError, 1, ("target_user_emails", """["bob@example.com","who@example.com"]""")),
            Nobody("emails: nobody's", Contract.ZeroIsCompleted, ("target_user_emails", """["who@example.com"]""")),
            Nobody("emails: whose browser is gone", Contract.EveryRegistration, ("target_user_emails", """["carol@example.com"]""")),
            Nobody("emails: whose browser keeps failing", Contract.EveryRegistration, ("target_user_emails", """["dave@example.com"]""")),
            Nobody("emails: who was deregistered", Contract.EveryRegistration, ("target_user_emails", """["erin@example.com"]""")),
            Bad("emails: no address", Page.TargetEmails, "target_user_emails[1] is not an email address.", ("target_user_emails", """["a@example.com","user-ann"]""")),
            Ok("user ids: both of Ann's browsers", Contract.EveryRegistration, 2, ("target_user_ids", """["user-ann"]""")),
            Ok("user ids: two people", Page.TargetUserIds, 3, ("target_user_ids", """["user-ann","user-bob"]""")),
            Ok("user ids: the same twice", Contract.OneDelivery, 2, ("target_user_ids", """["user-ann","user-ann"]""")),
            Nobody("user ids: other capitals are another id", Page.TargetUserIds, ("target_user_ids", """["USER-ANN"]""")),
            Nobody("user ids: nobody's", Contract.ZeroIsCompleted, ("target_user_ids", """["user-nobody"]""")),
            Nobody("user ids: 10,000", Contract.IdsPerList, ("target_user_ids", Ids(10_000))),
        ];

    private static IEnumerable<Row> Devices =>
        [
            Ok("registrations: one", Page.TargetRegistrationIds, 1, ("target_registration_ids", """["<ann1>"]""")),
            Ok("registrations: three", Page.TargetRegistrationIds, 3, ("target_registration_ids", """["<fred>","<ann2>","<bob>"]""")),
            Ok("registrations: the same twice", Contract.OneDelivery, 1, ("target_registration_ids", """["<ann1>","<ann1>"]""")),
            Unreached("registrations: unknown", Contract.UnknownIdsComeBack, Unknown),
            Unreached("registrations: not ours at all", Contract.UnknownIdsComeBack, "uuid-expired-device"),
            Unreached("registrations: of another kind", Contract.UnknownIdsComeBack, "req_0000000000001"),
            Unreached("registrations: gone", Contract.UnknownIdsComeBack, "<carol>"),
            Unreached("registrations: failing", Contract.UnknownIdsComeBack, "<dave>"),
            Unreached("registrations: deregistered", Contract.UnknownIdsComeBack, "<erin>"),
            new(
                "registrations: two unknown, one twice, two known",
                Contract.UnknownIdsComeBack,
                Call.Send(To(("target_registration_ids", $"""["{Unknown}","<ann1>","x","{Unknown}","<bob>"]"""))),
                Answer.Sent(2, Unknown, "x")
            ),
        ];

    private static IEnumerable<Row> Broadcasts =>
        [
            Broadcast("broadcast: everyone", """{"title":"System Update","body":"We've released exciting new features!","urgency":"normal"}"""),
            Broadcast("broadcast: although target_all is false", """{"title":"T","body":"B","target_all":false}"""),
            Broadcast("broadcast: although a list is given", """{"title":"T","body":"B","target_user_ids":["user-bob"]}"""),
            new("broadcast: its rules are send's", Page.Broadcast, Call.Post("/broadcast", """{"body":"B"}"""), Answer.Invalid("title is required and must not be empty.")),
            new("broadcast: queued on demand", Page.AsyncMode, Call.Post("/broadcast", """{"title":"T","body":"B","async_mode":true}"""), Answer.Queued(4)),
        ];

    private static Row Ok(string name, string cites, int targets, params (string, string)[] target) =>
        new(name, cites, Call.Send(To(target)), Answer.Sent(targets));

    private static Row Nobody(string name, string cites, params (string, string)[] target) => new(name, cites, Call.Send(To(target)), Answer.Nobody());

    private static Row Unreached(string name, string cites, string id) =>
        new(name, cites, Call.Send(To(("target_registration_ids", $"""["{id}"]"""))), Answer.Nobody(id));

    private static Row Broadcast(string name, string body) => new(name, Page.Broadcast, Call.Post("/broadcast", body), Answer.Sent(4));

    private static Row Bad(string name, string cites, string detail, params (string, string)[] target) =>
        new(name, cites, Call.Send(To(target)), Answer.Invalid(detail));
}
