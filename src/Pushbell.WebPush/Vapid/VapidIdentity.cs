namespace Pushbell.WebPush;

/// <summary>Who sends: the key pair, and the contact that a push service's operators can reach.</summary>
/// <param name="Keys">The pair that the subscription was made with.</param>
/// <param name="Subject">A <c>mailto:</c> or <c>https:</c> address, see <see cref="VapidSubject"/>.</param>
public sealed record VapidIdentity(VapidKeys Keys, string Subject);
