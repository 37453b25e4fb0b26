using System.Text.Json.Serialization;
using Pushbell.Server.Hosting;
using Pushbell.Server.Management.Accounts;
using Pushbell.Server.Management.Audit;
using Pushbell.Server.Management.ManagementKeys;
using Pushbell.Server.Management.Members;
using Pushbell.Server.Management.Organizations;

namespace Pushbell.Server.Management;

/// <summary>How /manage writes and reads JSON about accounts, organizations, members and the audit log.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    MaxDepth = JsonBody.MaxDepth,
    AllowDuplicateProperties = false,
    Converters = [typeof(SecondsConverter)]
)]
[JsonSerializable(typeof(SignInBody))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(Sessions))]
[JsonSerializable(typeof(LinkBody))]
[JsonSerializable(typeof(LinkInfo))]
[JsonSerializable(typeof(LinkUseBody))]
[JsonSerializable(typeof(PasswordBody))]
[JsonSerializable(typeof(TotpProposal))]
[JsonSerializable(typeof(CodeBody))]
[JsonSerializable(typeof(RecoveryCodes))]
[JsonSerializable(typeof(PasswordProofBody))]
[JsonSerializable(typeof(Organization))]
[JsonSerializable(typeof(OrganizationList))]
[JsonSerializable(typeof(NewOrganizationBody))]
[JsonSerializable(typeof(OrganizationChange))]
[JsonSerializable(typeof(PlanBody))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(MemberList))]
[JsonSerializable(typeof(MemberChange))]
[JsonSerializable(typeof(InvitationBody))]
[JsonSerializable(typeof(NewInvitation))]
[JsonSerializable(typeof(ManagementKey))]
[JsonSerializable(typeof(ManagementKeyList))]
[JsonSerializable(typeof(ManagementKeyBody))]
[JsonSerializable(typeof(NewManagementKey))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(ManageError))]
internal sealed partial class ManageJson : JsonSerializerContext;
