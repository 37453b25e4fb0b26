using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Registrations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.V2;

/// <summary>What a page says of its browser and of who uses it.</summary>
internal abstract record BrowserBody
{
    private const int MaxText = 255;

    /// <summary>The <c>applicationServerKey</c> that the subscription was made with; left out, it is the service's current one.</summary>
    [MaxLength(MaxText)]
    public string? VapidPublicKey { get; init; }

    /// <summary>Whose browser it is, by email; trimmed, letter case does not matter.</summary>
    [EmailAddress]
    public string? UserEmail { get; init; }

    /// <summary>Whose browser it is, by your own id for the person.</summary>
    [MaxLength(MaxText)]
    public string? UserId { get; init; }

    /// <summary>Proves whose browser it is, where the service asks pages for that: a signed JWT from your backend.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>What the browser says about itself.</summary>
    public DeviceInfo? DeviceInfo { get; init; }

    /// <summary>The page runs as an installed web app.</summary>
    public bool? IsInstalled { get; init; }

    /// <summary>The language of the page, such as en-GB.</summary>
    [MaxLength(MaxText)]
    public string? Language { get; init; }

    /// <summary>The person's time zone, such as Europe/London.</summary>
    [MaxLength(MaxText)]
    public string? TimeZone { get; init; }

    protected static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <returns>Whom the page names and its device as JSON, or what is wrong with any of the fields.</returns>
    protected Result<(Identity Named, string? Device)> Check()
    {
        string? email = null;
        if (!string.IsNullOrWhiteSpace(UserEmail) && (email = SubscriberEmails.Normalize(UserEmail)) is null)
        {
            return new Failure.InvalidRequest("user_email is not an email address.");
        }

        foreach (var (name, text) in new[] { ("vapid_public_key", VapidPublicKey), ("user_id", UserId), ("language", Language), ("time_zone", TimeZone) })
        {
            if (text?.Length > MaxText)
            {
                return new Failure.InvalidRequest($"{name} has {text.Length} characters; at most {MaxText} are allowed.");
            }
        }

        var device = DeviceInfo.ToJson(DeviceInfo);
        return device.Failure is { } tooLong ? tooLong : (new Identity(email, Given(UserId)), device.Value);
    }
}
