using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.WebPush;

namespace Pushbell.Server.Cli;

/// <summary><c>pushbell vapid list|rotate|import|retire</c></summary>
internal static class VapidCommands
{
    public static Command Create(CommandRunner runner) =>
        new("vapid", "The VAPID key pairs of a service: browsers subscribe with one, and are reached with that one only.")
        {
            List(runner),
            Rotate(runner),
            Import(runner),
            Retire(runner),
        };

    private static Command List(CommandRunner runner)
    {
        var (organization, service) = (Tenants.OrganizationOption(), Tenants.ServiceOption());
        return runner.Runs(
            new Command("list", "The pairs, the newest first, and how many active registrations use each.") { organization, service },
            async operation =>
                (await Tenants.ServiceAsync(operation, organization, service)).TryGet(out var owner, out var failure)
                    ? (await KeysOfAsync(operation, owner)).ToAnswer("")
                    : failure
        );
    }

    private static Command Rotate(CommandRunner runner)
    {
        var (organization, service) = (Tenants.OrganizationOption(), Tenants.ServiceOption());
        var command = new Command("rotate", "Make a new current pair. Registrations keep theirs until they subscribe again, which the SDK does by itself.")
        {
            organization, service,
        };
        return runner.Runs(
            command,
            async operation =>
            {
                if (!(await Tenants.ServiceAsync(operation, organization, service)).TryGet(out var owner, out var failure))
                {
                    return failure;
                }

                await operation.Use<VapidRotation>().RotateAsync(owner.OrganizationId, owner.Id, VapidKeys.Generate(), operation.Cancellation);
                await operation.AuditAsync(owner.OrganizationId, "vapid.rotate", PublicId.Service(owner.Id));
                return (await KeysOfAsync(operation, owner)).ToAnswer("Rotated. Pages subscribe with the new pair from now on.\n\n");
            }
        );
    }

    private static Command Import(CommandRunner runner)
    {
        var (organization, service) = (Tenants.OrganizationOption(), Tenants.ServiceOption());
        var publicKey = new Option<string>("--public-key") { Required = true, HelpName = "BASE64URL", Description = "65 bytes, as browsers take it." };
        var privateKey = new Option<FileInfo>("--private-key-file")
        {
            Required = true,
            HelpName = "FILE",
            Description = "Holds the private key, 32 bytes in base64url; on the line itself others could read it.",
        };
        privateKey.AcceptExistingOnly();
        var command = new Command("import", "Make a pair of your own the current one, so that subscriptions made with it elsewhere can move here.")
        {
            organization, service, publicKey, privateKey,
        };
        return runner.Runs(
            command,
            async operation =>
            {
                if (!(await Tenants.ServiceAsync(operation, organization, service)).TryGet(out var owner, out var failure))
                {
                    return failure;
                }

                var secret = (await File.ReadAllTextAsync(operation.Line.GetRequiredValue(privateKey).FullName, operation.Cancellation)).Trim();
                if (!VapidKeys.TryImport(operation.Line.GetRequiredValue(publicKey), secret, out var pair, out var problem))
                {
                    return new Failure.InvalidRequest(problem);
                }

                await operation.Use<VapidRotation>().RotateAsync(owner.OrganizationId, owner.Id, pair, operation.Cancellation);
                await operation.AuditAsync(owner.OrganizationId, "vapid.import", PublicId.Service(owner.Id), pair.PublicKey);
                return (await KeysOfAsync(operation, owner)).ToAnswer("Imported. Pages subscribe with this pair from now on.\n\n");
            }
        );
    }

    private static Command Retire(CommandRunner runner)
    {
        var (organization, service) = (Tenants.OrganizationOption(), Tenants.ServiceOption());
        var key = new Argument<string>("public-key") { HelpName = "BASE64URL", Description = "As 'vapid list' shows it." };
        var command = new Command("retire", "Make sure that a pair is out of use. It retires by itself when no active registration uses it; until then this says how many do.")
        {
            key, organization, service,
        };
        return runner.Runs(
            command,
            async operation =>
            {
                if (!(await Tenants.ServiceAsync(operation, organization, service)).TryGet(out var owner, out var failure))
                {
                    return failure;
                }

                var refused = await operation
                    .Use<VapidRotation>()
                    .RetireAsync(owner.OrganizationId, owner.Id, operation.Line.GetRequiredValue(key), operation.Cancellation);
                if (refused is not null)
                {
                    return refused;
                }

                await operation.AuditAsync(owner.OrganizationId, "vapid.retire", PublicId.Service(owner.Id), operation.Line.GetRequiredValue(key));
                return (await KeysOfAsync(operation, owner)).ToAnswer("Retired.\n\n");
            }
        );
    }

    private static async Task<VapidKeysAnswer> KeysOfAsync(Operation operation, ServiceInfo service) =>
        VapidKeysAnswer.Of(service, await operation.Use<VapidKeyQueries>().ListAsync(service.OrganizationId, service.Id, operation.Cancellation));
}
