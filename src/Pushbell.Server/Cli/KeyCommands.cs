using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli;

/// <summary><c>pushbell key create|list|revoke</c></summary>
internal static class KeyCommands
{
    private static readonly string[] Kinds = [.. Enum.GetValues<KeyKind>().Select(KeyAnswer.NameOf)];

    public static Command Create(CommandRunner runner) => new("key", "The keys of a service.") { New(runner), List(runner), Revoke(runner) };

    private static Command New(CommandRunner runner)
    {
        var (organization, service) = (Tenants.OrganizationOption(), Tenants.ServiceOption());
        var kind = new Option<string>("--kind")
        {
            Required = true,
            HelpName = string.Join('|', Kinds),
            Description = "secret: all of /v2; api: all of /v1; publishable: registers browsers, from allowed origins; restricted: /v2 within its scopes.",
        };
        kind.AcceptOnlyFromAmong(Kinds);
        var scopes = new Option<string[]>("--scope")
        {
            HelpName = string.Join('|', ApiKey.Scopes),
            Description = "What a restricted key may do; may be given again.",
        };
        scopes.AcceptOnlyFromAmong([.. ApiKey.Scopes]);
        var name = new Option<string>("--name")
        {
            HelpName = "NAME",
            Description = "What it is for.",
            DefaultValueFactory = _ => "command line",
        }.Checked(TenantRules.NameProblem);
        var serviceToService = new Option<bool>("--service-to-service") { Description = "Sends with it are not charged, however few the credits." };
        var command = new Command("create", "Make a key; others stay as they are.") { organization, service, kind, scopes, name, serviceToService };
        command.Validators.Add(line =>
        {
            if (!Enum.TryParse<KeyKind>(line.GetValue(kind), ignoreCase: true, out var chosen))
            {
                return;
            }

            if (ApiKey.HasScopes(chosen) != line.GetResult(scopes) is not null)
            {
                line.AddError($"A restricted key needs at least one --scope ({string.Join(", ", ApiKey.Scopes)}); no other key has any.");
            }

            if (!ApiKey.CanBeServiceToService(chosen) && line.GetResult(serviceToService) is not null)
            {
                line.AddError("A publishable key cannot send, so --service-to-service means nothing for it.");
            }
        });
        return runner.Runs(
            command,
            async operation =>
            {
                if (!(await Tenants.ServiceAsync(operation, organization, service)).TryGet(out var owner, out var failure))
                {
                    return failure;
                }

                var line = operation.Line;
                var chosen = Enum.Parse<KeyKind>(line.GetRequiredValue(kind), ignoreCase: true);
                var text = ApiKey.Generate(chosen);
                var key = new NewKey(
                    owner.OrganizationId,
                    owner.Id,
                    chosen,
                    text,
                    line.GetRequiredValue(name),
                    ApiKey.Join(line.GetValue(scopes) ?? []),
                    line.GetValue(serviceToService)
                );
                var id = await operation.Use<KeyRing>().CreateAsync(key, operation.Cancellation);
                await operation.AuditAsync(owner.OrganizationId, "key.create", PublicId.Key(id), KeyAnswer.NameOf(chosen));
                var stored = await operation.Use<KeyQueries>().FindAsync(owner.OrganizationId, id, operation.Cancellation);
                return Created(KeyAnswer.Of(stored!) with { Key = text }, UseOf(chosen));
            }
        );
    }

    private static Command List(CommandRunner runner)
    {
        var (organization, service) = (Tenants.OrganizationOption(), Tenants.ServiceOption());
        return runner.Runs(
            new Command("list", "The keys of a service, the oldest first, revoked ones too.") { organization, service },
            async operation =>
            {
                if (!(await Tenants.ServiceAsync(operation, organization, service)).TryGet(out var owner, out var failure))
                {
                    return failure;
                }

                var keys = await operation.Use<KeyQueries>().ListAsync(owner.OrganizationId, owner.Id, operation.Cancellation);
                return new KeysAnswer([.. keys.Select(KeyAnswer.Of)]).ToAnswer();
            }
        );
    }

    private static Command Revoke(CommandRunner runner)
    {
        var organization = Tenants.OrganizationOption();
        var key = new Argument<string>("key") { HelpName = "key_…", Description = "As 'key list' shows it." };
        return runner.Runs(
            new Command("revoke", "Refuse a key from its next request on. Revoking it again changes nothing.") { key, organization },
            async operation =>
            {
                if (!(await Tenants.OrganizationAsync(operation, organization)).TryGet(out var tenant, out var failure))
                {
                    return failure;
                }

                var text = operation.Line.GetRequiredValue(key);
                if (
                    !PublicId.TryKey(text, out var id)
                    || !await operation.Use<KeyRing>().RevokeAsync(tenant.Id, id, operation.Cancellation)
                )
                {
                    return new Failure.NotFound($"{tenant.Name} has no key '{text}'. See: pushbell key list");
                }

                await operation.AuditAsync(tenant.Id, "key.revoke", text);
                var revoked = await operation.Use<KeyQueries>().FindAsync(tenant.Id, id, operation.Cancellation);
                return KeyAnswer.Of(revoked!).ToAnswer($"{text} (…{revoked!.Hint}) is revoked; requests with it are refused.");
            }
        );
    }

    private static Answer Created(KeyAnswer key, string use) =>
        key.ToAnswer(
            $"Created. The key is shown this once; only its hash is kept.\n\n  {key.Key}\n\n{use}\n\n"
                + Table.Properties(
                    ("key", key.KeyId),
                    ("kind", key.Kind),
                    ("scopes", key.Scopes.Count == 0 ? "-" : string.Join(' ', key.Scopes)),
                    ("revoke it", $"pushbell key revoke {key.KeyId}")
                )
        );

    private static string UseOf(KeyKind kind) =>
        kind switch
        {
            KeyKind.Secret => "Use it as X-Secret-Key under /v2/push, on backends only.",
            KeyKind.Restricted => "Use it as X-Secret-Key under /v2/push, on backends only, within its scopes.",
            KeyKind.Api => "Use it as X-Api-Key under /v1, on backends only.",
            KeyKind.Publishable => "Use it as X-Publishable-Key in web pages of the service's allowed origins.",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
