using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.Management.Services;

/// <summary>What the API document says of VAPID pairs.</summary>
internal static class VapidOperations
{
    private const string Text = """{"public_key": "BKxxx...", "is_current": true, "is_retired": false, "active_registrations": 1500, "created_at": "2024-01-01T00:00:00Z"}""";

    public static Operation List { get; } =
        new("listVapidPairs", ManageReference.Services, "List VAPID pairs", "The newest first, retired ones too, and how many active clients are reached with each.")
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Service],
            Answer = typeof(VapidPairList),
            AnswerDescription = "All pairs.",
            AnswerExamples = [new("pairs", "One", $$"""{"pairs": [{{Text}}]}""")],
            Refusals = [404],
        };

    public static OperationWithBody Rotate { get; } =
        new(
            "rotateVapid",
            ManageReference.Services,
            "Rotate VAPID keys",
            "Makes another pair the current one. Clients stay with the pair that they subscribed with, which goes on signing for them until they subscribe again."
        )
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Service],
            Body = typeof(NewVapidPair),
            BodyExamples = [new("generate", "A new pair", "{}")],
            Status = StatusCodes.Status201Created,
            Answer = typeof(VapidPair),
            AnswerDescription = "The pair is the current one.",
            AnswerExamples = [new("pair", "The current one", Text)],
            Refusals = [404],
        };

    public static Operation Retire { get; } =
        new("retireVapid", ManageReference.Services, "Retire a VAPID pair", "Refuses a pair from now on. One that active clients still use, or that is current, is not retired: 409 says how many do.")
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Service, new("public_key", "The pair's public half.")],
            Status = StatusCodes.Status204NoContent,
            Answer = null,
            AnswerDescription = "The pair is retired.",
            Refusals = [404, 409],
        };

    public static OperationWithBody Check { get; } =
        new("checkVapid", ManageReference.Services, "Check a VAPID pair", "Whether a pair of your own can be used. Nothing of it is kept.")
        {
            Body = typeof(VapidCheckBody),
            BodyExamples = [new("private", "The private half", """{"private_key": "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"}""")],
            Answer = typeof(VapidCheck),
            AnswerDescription = "What there is to say of it.",
            AnswerExamples = [new("valid", "It can be used", """{"is_valid": true, "public_key": "BKxxx...", "problem": null}""")],
        };
}
