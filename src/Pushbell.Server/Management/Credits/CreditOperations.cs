using Pushbell.Server.Hosting.OpenApi;
using CreditTotals = Pushbell.Server.Management.Organizations.CreditTotals;

namespace Pushbell.Server.Management.Credits;

/// <summary>What the API document says of credits.</summary>
internal static class CreditOperations
{
    private static readonly Example Totals = new("totals", "Metered", """{"available": 900, "held": 20, "spent": 80, "topped_up": 1000}""");

    public static Operation Get { get; } =
        new("getCredits", ManageReference.Credits, "Get credits", "available + held + spent = topped up, at any moment.")
        {
            Parameters = [ManageParameters.Organization],
            Answer = typeof(CreditTotals),
            AnswerDescription = "Where the credits are.",
            AnswerExamples = [Totals],
            Refusals = [404],
        };

    public static Operation List { get; } =
        new("listMovements", ManageReference.Credits, "List movements", "Every movement with the balances it left, the newest first.")
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Limit, ManageParameters.After],
            Answer = typeof(Statement),
            AnswerDescription = "One page of movements.",
            AnswerExamples =
            [
                new(
                    "statement",
                    "A top-up",
                    """{"movements": [{"at": "2024-01-01T00:00:00Z", "kind": "top-up", "amount": 1000, "available_after": 1000, "held_after": 0, "request_id": null, "note": "invoice 17"}], "next": null}"""
                ),
            ],
            Refusals = [400, 404],
        };

    public static Operation Download { get; } =
        new("downloadStatement", ManageReference.Credits, "Download the statement", "All movements as CSV, the newest first, a line each. No cell is a formula.")
        {
            Parameters = [ManageParameters.Organization],
            ContentType = "text/csv",
            Answer = typeof(string),
            AnswerDescription = "The file, written as it is read.",
            Refusals = [404],
        };

    public static OperationWithBody TopUp { get; } =
        new("topUp", ManageReference.Credits, "Top up", "Adds credits. An organization that was not metered is from now on.")
        {
            Parameters = [ManageParameters.Organization],
            Body = typeof(TopUpBody),
            BodyExamples = [new("invoice", "After an invoice", """{"amount": 1000, "note": "invoice 17"}""")],
            Status = StatusCodes.Status201Created,
            Answer = typeof(CreditTotals),
            AnswerDescription = "The credits are added.",
            AnswerExamples = [Totals],
            Refusals = [404],
        };
}
