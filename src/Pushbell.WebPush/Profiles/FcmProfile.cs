namespace Pushbell.WebPush;

/// <summary>Google's push service (Chrome, Edge on Android, Samsung, Opera …). Its refusals are sentences in plain text.</summary>
internal sealed class FcmProfile : PushServiceProfile
{
    public override string Name => "fcm";

    public override bool OffersWithdrawal => false;

    private protected override DeliveryOutcome Refine(PushAnswer answer, DeliveryOutcome byStatus) =>
        answer.StatusCode switch
        {
            // "the VAPID credentials … do not correspond to the credentials used to create the subscriptions", and an
            // older "the key … does not correspond to the sender ID": this subscription belongs to another key.
            403 when Says(answer, "not correspond") => byStatus with { Reason = "key-mismatch", Unauthorized = false, KeyMismatch = true },

            // The one 400 that is about our key, not about this message.
            400 when Says(answer, "UnauthorizedRegistration") => byStatus with { Reason = "UnauthorizedRegistration", Unauthorized = true },
            _ => byStatus,
        };

    private static bool Says(PushAnswer answer, string words) => answer.Body.Contains(words, StringComparison.OrdinalIgnoreCase);
}
