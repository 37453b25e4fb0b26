using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;
using Domain = Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Management.Services;

/// <summary>What to change of a service; what is left out stays.</summary>
internal sealed record ServiceChange
{
    /// <summary>For people.</summary>
    [MaxLength(TenantRules.MaxNameLength)]
    public string? Name { get; init; }

    /// <summary>Push services may write to it; Apple refuses placeholders.</summary>
    public string? ContactEmail { get; init; }

    /// <summary>The address of its picture; null takes it away.</summary>
    // Set rather than init: null is told apart from what was left out, for which a setter is not called.
    public string? Icon
    {
        get;
        set => (field, HasIcon) = (value, true);
    }

    [JsonIgnore]
    public bool HasIcon { get; private set; }

    /// <summary>Switched off, a service refuses every request with one of its keys.</summary>
    public bool? IsActive { get; init; }

    /// <summary>The same for notifications alone.</summary>
    public bool? NotificationsEnabled { get; init; }

    /// <summary>The web origins that may register browsers from now on, in place of those before.</summary>
    public IReadOnlyList<string>? AllowedOrigins { get; init; }

    /// <summary>Of the hosted PWA's frame, <c>#rrggbb</c>.</summary>
    public string? ThemeColor { get; init; }

    /// <summary>Of the hosted PWA while it starts, <c>#rrggbb</c>.</summary>
    public string? BackgroundColor { get; init; }

    /// <summary>Lead taps through this server, which counts them; needs an address that phones can reach.</summary>
    public bool? ClickLinks { get; init; }

    /// <summary>Whether pages must prove whom they register.</summary>
    [AllowedValues("off", "optional", "required")]
    public string? IdentityMode { get; init; }

    /// <summary>The names of what is to be changed, for the audit log.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Changed =>
        [
            .. new[]
            {
                (Name: "name", IsGiven: Name is not null),
                (Name: "contact_email", IsGiven: ContactEmail is not null),
                (Name: "icon", IsGiven: HasIcon),
                (Name: "is_active", IsGiven: IsActive is not null),
                (Name: "notifications_enabled", IsGiven: NotificationsEnabled is not null),
                (Name: "allowed_origins", IsGiven: AllowedOrigins is not null),
                (Name: "theme_color", IsGiven: ThemeColor is not null),
                (Name: "background_color", IsGiven: BackgroundColor is not null),
                (Name: "click_links", IsGiven: ClickLinks is not null),
                (Name: "identity_mode", IsGiven: IdentityMode is not null),
            }
                .Where(change => change.IsGiven)
                .Select(change => change.Name),
        ];

    /// <param name="service">As it is now.</param>
    /// <param name="settings">Of this server.</param>
    public Result<Domain.ServiceChange> Parse(ServiceInfo service, PushbellSettings settings)
    {
        var mode = IdentityMode is null ? null : StatusNames.Find<Domain.IdentityMode>(IdentityMode);
        var problem =
            (Changed.Count == 0 ? "Nothing to change: name at least one field." : null)
            ?? ServiceFields.Check("name", Name, TenantRules.NameProblem)
            ?? ServiceFields.Check("contact_email", ContactEmail, TenantRules.ContactProblem)
            ?? ServiceFields.CheckIcon(Icon)
            ?? ServiceFields.CheckOrigins(AllowedOrigins)
            ?? ServiceFields.Check("theme_color", ThemeColor, TenantRules.ColorProblem)
            ?? ServiceFields.Check("background_color", BackgroundColor, TenantRules.ColorProblem)
            ?? (ClickLinks == true ? settings.WhyNoClickLinks() : null)
            ?? (IdentityMode is not null && mode is null ? $"identity_mode must be one of {StatusNames.All<Domain.IdentityMode>()}." : null);
        if (problem is not null)
        {
            return new Failure.InvalidRequest(problem);
        }

        if (mode is not null and not Domain.IdentityMode.Off && service.HasIdentityKey == 0)
        {
            return new Failure.Conflict("Identity tokens cannot be checked without a key: set one first, with PUT …/identity-key.");
        }

        return new Domain.ServiceChange
        {
            Name = Name,
            ContactEmail = ContactEmail,
            Icon = HasIcon ? Icon ?? "" : null,
            IsActive = IsActive,
            NotificationsEnabled = NotificationsEnabled,
            Origins = AllowedOrigins,
            ThemeColor = ThemeColor,
            BackgroundColor = BackgroundColor,
            ClickLinks = ClickLinks,
            Identity = mode,
        };
    }
}
