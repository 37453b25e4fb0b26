using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.Management.ManagementKeys;

/// <summary>What the document of /manage says of management keys.</summary>
internal static class ManagementKeyOperations
{
    private static readonly Parameter OrganizationId = new("organization_id", "The organization, `org_…`.");

    public static Operation List { get; } =
        new("listManagementKeys", ManageReference.ManagementKeys, "List management keys", "The oldest first, revoked ones too; never their text.")
        {
            Parameters = [OrganizationId],
            Answer = typeof(ManagementKeyList),
            AnswerDescription = "The keys.",
            Refusals = [404],
        };

    public static OperationWithBody Create { get; } =
        new("createManagementKey", ManageReference.ManagementKeys, "Make a management key", "The key is shown this once; only its hash is kept.")
        {
            Parameters = [OrganizationId],
            Body = typeof(ManagementKeyBody),
            BodyExamples = [new("deploy", "For a pipeline", """{"name": "deploy pipeline", "role": "admin"}""")],
            Answer = typeof(NewManagementKey),
            Status = StatusCodes.Status201Created,
            AnswerDescription = "The key is made.",
            Refusals = [404],
        };

    public static Operation Revoke { get; } =
        new("revokeManagementKey", ManageReference.ManagementKeys, "Revoke a management key", "Refused from its next request on. Revoking it again changes nothing.")
        {
            Parameters = [OrganizationId, new("key_id", "The key, `mkey_…`.")],
            Answer = typeof(ManagementKey),
            AnswerDescription = "The key is revoked.",
            Refusals = [404],
        };
}
