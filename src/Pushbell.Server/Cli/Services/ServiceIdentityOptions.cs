using System.CommandLine;
using Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Cli.Services;

/// <summary>The options of <c>service set</c> that say whether pages must prove whom they register, and how.</summary>
internal sealed class ServiceIdentityOptions
{
    public Option<IdentityMode> Mode { get; } =
        new("--identity") { Description = "Identity tokens from pages: off, optional or required." };

    public Option<string?> Secret { get; } =
        new("--identity-secret") { HelpName = "TEXT", Description = $"Shared secret of at least {IdentityKey.MinSecretLength} characters; tokens are signed with HS256." };

    public Option<FileInfo?> PublicKey { get; } =
        new("--identity-public-key") { HelpName = "FILE", Description = "PEM file with a P-256 public key; tokens are signed with ES256." };

    public IdentityMode? ModeOf(ParseResult line) => line.GetResult(Mode) is null ? null : line.GetValue(Mode);

    public IdentityKey? KeyOf(ParseResult line) =>
        line.GetValue(Secret) is { } secret ? IdentityKey.OfSecret(secret)
        : line.GetValue(PublicKey) is { } file ? IdentityKey.OfPem(File.ReadAllText(file.FullName))
        : null;

    public void AddRules(Command command)
    {
        Secret.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { Length: < IdentityKey.MinSecretLength })
            {
                result.AddError($"--identity-secret must have at least {IdentityKey.MinSecretLength} characters; make one with: openssl rand -base64 32");
            }
        });
        PublicKey.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { } file && (!file.Exists || IdentityKey.OfPem(File.ReadAllText(file.FullName)) is null))
            {
                result.AddError($"--identity-public-key {file.Name} is no PEM file with a P-256 public key.");
            }
        });
        command.Validators.Add(line =>
        {
            var (mode, secret, publicKey) = (line.GetResult(Mode) is not null, line.GetResult(Secret) is not null, line.GetResult(PublicKey) is not null);
            if (secret && publicKey)
            {
                line.AddError("--identity-secret and --identity-public-key exclude each other.");
            }

            if ((secret || publicKey) && !mode)
            {
                line.AddError("An identity key needs --identity optional or --identity required beside it.");
            }
        });
    }
}
