namespace Pushbell.Dispatch.Notifications;

/// <summary>Whom a notification is for: exactly one of four.</summary>
public abstract record Target
{
    /// <summary>Every active registration of the service.</summary>
    public sealed record Everyone : Target;

    /// <summary>People by normalized email, on every active registration of theirs.</summary>
    public sealed record Emails(IReadOnlyCollection<string> Addresses) : Target;

    /// <summary>People by the organization's own id for them.</summary>
    public sealed record UserIds(IReadOnlyCollection<string> Ids) : Target;

    /// <summary>Single registrations by public id, as the caller wrote them.</summary>
    public sealed record RegistrationIds(IReadOnlyCollection<string> Ids) : Target;
}
