using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.Management.Keys;

/// <summary>What the API document says of a service's API keys.</summary>
internal static class KeyOperations
{
    private const string Fields = """
        "key_id": "key_123", "kind": "secret", "name": "backend", "scopes": [], "is_service_to_service": false, "hint": "9xYz", "created_at": "2024-01-01T00:00:00Z", "last_used_at": null
        """;

    public static Operation List { get; } =
        new("listKeys", ManageReference.Keys, "List keys", "The oldest first, revoked ones too. Their texts are not kept.")
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Service],
            Answer = typeof(KeyList),
            AnswerDescription = "All keys.",
            AnswerExamples = [new("keys", "One", $$"""{"keys": [{ {{Fields}}, "revoked_at": null }]}""")],
            Refusals = [404],
        };

    public static OperationWithBody Create { get; } =
        new("createKey", ManageReference.Keys, "Make a key", "Its text is answered this once; only its hash is kept.")
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Service],
            Body = typeof(NewKey),
            BodyExamples = [new("restricted", "For sending only", """{"kind": "restricted", "name": "newsletter", "scopes": ["send"]}""")],
            Status = StatusCodes.Status201Created,
            Answer = typeof(CreatedKey),
            AnswerDescription = "The key, with its text.",
            AnswerExamples = [new("key", "A secret key", $$"""{ {{Fields}}, "revoked_at": null, "key": "sk_xxx..." }""")],
            Refusals = [404],
        };

    public static Operation Revoke { get; } =
        new("revokeKey", ManageReference.Keys, "Revoke a key", "Requests with it are refused from the next one on. Doing it twice changes nothing.")
        {
            Parameters = [ManageParameters.Organization, ManageParameters.Service, new("key_id", "The key, `key_…`.")],
            Answer = typeof(Key),
            AnswerDescription = "The key is revoked.",
            AnswerExamples = [new("revoked", "Revoked", $$"""{ {{Fields}}, "revoked_at": "2024-02-01T00:00:00Z" }""")],
            Refusals = [404],
        };
}
