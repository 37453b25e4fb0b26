using Pushbell.Dispatch.Accounts;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

/// <summary>The app on somebody's phone.</summary>
internal sealed class Authenticator(string base32, ManualTimeProvider clock)
{
    /// <summary>As the app keeps it.</summary>
    public byte[] Secret { get; } = Decode(base32);

    public IReadOnlyList<string> RecoveryCodes { get; private init; } = [];

    /// <summary>Gives an account a second factor.</summary>
    public static async Task<Authenticator> SetUpAsync(Manage manage, ManualTimeProvider clock)
    {
        var secret = (await manage.PostAsync("/account/totp")).Text("secret")!;
        var confirmed = await manage.PutAsync("/account/totp", new { code = new Authenticator(secret, clock).CodeAt(0) });
        confirmed.Status.ShouldBe(200, confirmed.Body);
        return new Authenticator(secret, clock)
        {
            RecoveryCodes = [.. confirmed.Json.GetProperty("recovery_codes").EnumerateArray().Select(code => code.GetString()!)],
        };
    }

    /// <summary>What it shows so many steps from now.</summary>
    public string CodeAt(int steps) => Totp.CodeOf(Secret, Totp.StepAt(clock.GetUtcNow()) + steps);

    /// <summary>RFC 4648 §6.</summary>
    private static byte[] Decode(string base32)
    {
        var bits = string.Concat(
            base32.Select(character => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(character, StringComparison.Ordinal), 2).PadLeft(5, '0'))
        );
        return [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2))];
    }
}
