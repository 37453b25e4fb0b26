using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.Management.Organizations;

/// <summary>What the document of /manage says of organizations.</summary>
internal static class OrganizationOperations
{
    private static readonly Parameter OrganizationId = new("organization_id", "The organization, `org_…`.");

    public static Operation List { get; } =
        new("listOrganizations", ManageReference.Organizations, "List organizations", "Those of whoever asks, the oldest first; an operator sees all.")
        {
            Answer = typeof(OrganizationList),
            AnswerDescription = "The organizations.",
        };

    public static OperationWithBody Create { get; } =
        new("createOrganization", ManageReference.Organizations, "Make an organization", "It has no members yet: invite its owner next.")
        {
            Body = typeof(NewOrganizationBody),
            BodyExamples = [new("starter", "With a plan and credits", """{"name": "Example", "plan": "starter", "credits": 1000}""")],
            Answer = typeof(Organization),
            Status = StatusCodes.Status201Created,
            AnswerDescription = "The organization is made.",
        };

    public static Operation Get { get; } =
        new("getOrganization", ManageReference.Organizations, "Get an organization", "Its plan, its credits, and how large it is.")
        {
            Parameters = [OrganizationId],
            Answer = typeof(Organization),
            AnswerDescription = "The organization.",
            Refusals = [404],
        };

    public static OperationWithBody Rename { get; } =
        new("renameOrganization", ManageReference.Organizations, "Rename an organization", "The name is for people only; ids and keys stay.")
        {
            Parameters = [OrganizationId],
            Body = typeof(OrganizationChange),
            BodyExamples = [new("name", "Another name", """{"name": "Example and Sons"}""")],
            Answer = typeof(Organization),
            AnswerDescription = "The organization as it is now.",
            Refusals = [404],
        };

    public static OperationWithBody SetPlan { get; } =
        new("setPlan", ManageReference.Organizations, "Put an organization on a plan", "The next send is measured by it.")
        {
            Parameters = [OrganizationId],
            Body = typeof(PlanBody),
            BodyExamples = [new("custom", "Limits of its own", """{"plan": "custom", "hourly": 5000, "daily": null}""")],
            Answer = typeof(Organization),
            AnswerDescription = "The organization as it is now.",
            Refusals = [404],
        };
}
