using System.Text.Json.Serialization.Metadata;
using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.Management;

/// <summary>What the document of /manage says of the API as a whole; the operations are described beside the route tables.</summary>
internal static class ManageReference
{
    /// <summary>The security scheme of the cookie.</summary>
    public const string Session = "session";

    /// <summary>The groups of operations.</summary>
    public const string SigningIn = "Signing in",
        Organizations = "Organizations",
        Members = "Members",
        ManagementKeys = "Management keys",
        Audit = "Audit",
        Services = "Services",
        Keys = "Keys",
        Credits = "Credits",
        Overview = "Overview",
        Notifications = "Notifications",
        Clients = "Clients";

    public static ApiDocument Document { get; } =
        new("manage", ManageRoutes.Path)
        {
            Title = "Pushbell /manage",
            Description = """
                Everything that the dashboard does: organizations, members, services, keys, plans, credits, notifications, clients, the audit log.
                All bodies are JSON; all errors are `{"detail", "code"}`: one sentence to read and one code to branch on.

                Programs send a management key in `X-Management-Key`. Pages sign in and have a session cookie; whatever is no GET then carries the
                session's `csrf_token` in `X-Csrf-Token`. Roles are viewer, sender, admin and owner, each of which includes the ones before; an operator
                may do everything in every organization. What belongs to another organization is answered like what does not exist.
                """,
            Tags =
            [
                (SigningIn, "Sessions, links, the password and the second factor of an account."),
                (Organizations, "The tenants, and their plans."),
                (Members, "Who may do what in an organization, and who is invited."),
                (ManagementKeys, "Keys for programs that manage."),
                (Audit, "Who changed what."),
                (Services, "The PWAs of an organization: origins, contact, VAPID pairs."),
                (Keys, "The API keys of a service."),
                (Credits, "Prepaid credits and their ledger."),
                (Overview, "How a service is doing."),
                (Notifications, "Sending, and what became of it."),
                (Clients, "The browsers and installed web apps that can be reached."),
            ],
            Keys = [(ManageGate.KeyHeader, "A management key, `mk_…`. For servers only: refused with an `Origin`.")],
            Cookies =
            [
                (
                    Session,
                    "__Host-pushbell",
                    "Set by signing in; `pushbell` over plain http. Requests other than GET carry the session's `csrf_token` in `X-Csrf-Token` besides."
                ),
            ],
            Error = typeof(ManageError),
            Json = JsonTypeInfoResolver.Combine(ManageJson.Default, ManageResourcesJson.Default),
            Refusals =
            [
                new(400, "Malformed JSON, missing or bad fields.", Error("INVALID_REQUEST", "email is required.")),
                new(
                    401,
                    "Not signed in, an unknown or revoked key, or wrong credentials (`UNAUTHORIZED`); or a second factor is needed (`TOTP_REQUIRED`).",
                    Error("UNAUTHORIZED", "The email or the password is wrong.")
                ),
                new(402, "Insufficient credits: the balance is smaller than the number of targets. Nothing was sent."),
                new(403, "The role does not reach so far, the antiforgery token is missing, or the origin is another one.", Error("FORBIDDEN", "This needs the role admin; yours is viewer.")),
                new(404, "There is no such thing, or it is none of yours.", Error("NOT_FOUND", "There is no organization org_abc123.")),
                new(409, "What is there already, or still in use, stands in the way."),
                new(413, "The body is larger than 65,536 bytes, or 1,048,576 with a list of targets."),
                new(415, "The body is not application/json in UTF-8, or is compressed."),
                new(422, "The Idempotency-Key was used before with another body."),
                new(429, "Too many wrong sign-ins (`RATE_LIMITED`), or the targets do not fit into the plan's quota (`QUOTA_EXCEEDED`); then nothing was sent."),
                new(500, "Something went wrong here (`INTERNAL_ERROR`)."),
                new(503, "The database is away (`SERVICE_UNAVAILABLE`)."),
            ],
        };

    private static Example Error(string code, string sentence) =>
        new(code.ToLowerInvariant(), sentence, $$"""{"detail": "{{sentence}}", "code": "{{code}}"}""");
}
