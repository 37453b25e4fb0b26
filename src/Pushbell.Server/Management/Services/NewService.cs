using System.ComponentModel.DataAnnotations;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.WebPush;
using Domain = Pushbell.Dispatch.Organizations;

namespace Pushbell.Server.Management.Services;

/// <summary>A service about to be made.</summary>
internal sealed record NewService
{
    /// <summary>Lower-case letters, digits and hyphens; unique in the installation.</summary>
    [Required]
    public string? Identifier { get; init; }

    /// <summary>For people; made of the identifier when left out.</summary>
    [MaxLength(TenantRules.MaxNameLength)]
    public string? Name { get; init; }

    /// <summary>Push services may write to it; Apple refuses placeholders.</summary>
    public string? ContactEmail { get; init; }

    /// <summary>The web origins that may register browsers, such as <c>https://app.example.com</c>.</summary>
    public IReadOnlyList<string>? AllowedOrigins { get; init; }

    /// <summary>The private half of a VAPID pair that subscriptions elsewhere were made with, 32 bytes in base64url; left out, a pair is generated.</summary>
    public string? VapidPrivateKey { get; init; }

    /// <summary>The address of its picture.</summary>
    public string? Icon { get; init; }

    public Result<Domain.NewService> Parse()
    {
        if (
            ServiceFields.ToFailure(
                ServiceFields.Check("identifier", Identifier ?? "", TenantRules.IdentifierProblem)
                    ?? ServiceFields.Check("name", Name, TenantRules.NameProblem)
                    ?? ServiceFields.Check("contact_email", ContactEmail, TenantRules.ContactProblem)
                    ?? ServiceFields.CheckOrigins(AllowedOrigins)
                    ?? ServiceFields.CheckIcon(Icon)
            ) is
            { } bad
        )
        {
            return bad;
        }

        VapidKeys? pair = null;
        if (VapidPrivateKey is not null && !VapidKeys.TryImport(VapidPrivateKey, out pair, out var problem))
        {
            return new Failure.InvalidRequest("vapid_private_key: " + problem);
        }

        var service = new Domain.NewService(Identifier!)
        {
            Origins = AllowedOrigins ?? [],
            Icon = string.IsNullOrEmpty(Icon) ? null : Icon,
            Vapid = pair,
        };
        return service with { Name = Name ?? service.Name, ContactEmail = ContactEmail ?? service.ContactEmail };
    }
}
