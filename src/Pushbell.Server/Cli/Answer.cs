using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Pushbell.Server.Cli;

/// <summary>What a command says in the end, in both its forms.</summary>
internal sealed record Answer(string Text, string Json)
{
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
[JsonSerializable(typeof(StatementAnswer))]
[JsonSerializable(typeof(AlarmsAnswer))]
[JsonSerializable(typeof(ResolvedAnswer))]
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
