using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pushbell.Server.Cli.Accounts;
using Pushbell.Server.Cli.Alarms;
using Pushbell.Server.Cli.Clients;
using Pushbell.Server.Cli.Completion;
using Pushbell.Server.Cli.Diagnosis;
using Pushbell.Server.Cli.Keys;
using Pushbell.Server.Cli.Moving;
using Pushbell.Server.Cli.Notifications;
using Pushbell.Server.Cli.Organizations;
using Pushbell.Server.Cli.Services;
using Pushbell.Server.Cli.Status;

namespace Pushbell.Server.Cli;

/// <summary>What a command says in the end, in both its forms.</summary>
internal sealed record Answer(string Text, string Json)
{
    /// <summary>For a command that has said everything already.</summary>
    public static Answer Nothing { get; } = new("", "");

    /// <summary>How the command ends that says it.</summary>
    public int ExitCode { get; init; } = Cli.ExitCode.Done;

    public static Answer Of<T>(T value, JsonTypeInfo<T> type, string text) => new(text.TrimEnd(), JsonSerializer.Serialize(value, type));
}

/// <summary>The fields of --json: snake_case, <c>null</c> where there is nothing. Scripts depend on their names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OrganizationAnswer))]
[JsonSerializable(typeof(OrganizationsAnswer))]
[JsonSerializable(typeof(ServiceAnswer))]
[JsonSerializable(typeof(ServicesAnswer))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(KeysAnswer))]
[JsonSerializable(typeof(VapidKeysAnswer))]
[JsonSerializable(typeof(VapidPairAnswer))]
[JsonSerializable(typeof(StatementAnswer))]
[JsonSerializable(typeof(AlarmsAnswer))]
[JsonSerializable(typeof(ResolvedAnswer))]
[JsonSerializable(typeof(ClientAnswer))]
[JsonSerializable(typeof(ClientsAnswer))]
[JsonSerializable(typeof(DiagnosisAnswer))]
[JsonSerializable(typeof(NotificationAnswer))]
[JsonSerializable(typeof(NotificationsAnswer))]
[JsonSerializable(typeof(DeliveriesAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(FindingsAnswer))]
[JsonSerializable(typeof(ScriptAnswer))]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(AccountsAnswer))]
[JsonSerializable(typeof(LinkAnswer))]
[JsonSerializable(typeof(MemberAnswer))]
[JsonSerializable(typeof(MembersAnswer))]
[JsonSerializable(typeof(ManagementKeyAnswer))]
[JsonSerializable(typeof(ManagementKeysAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(MovedAnswer))]
internal sealed partial class CliJson : JsonSerializerContext;
