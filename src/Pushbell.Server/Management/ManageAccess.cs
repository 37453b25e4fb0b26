using Pushbell.Dispatch.Accounts;

namespace Pushbell.Server.Management;

/// <summary>
/// Marks an endpoint that only a known manager may call, by session or by management key; checked before any of the body is read. Where the
/// path names an organization he must belong to it.
/// </summary>
/// <param name="Least">The role that he needs there. Outside of an organization any will do.</param>
internal sealed record ManageAccess(Role Least)
{
    public static ManageAccess Viewer { get; } = new(Role.Viewer);

    public static ManageAccess Sender { get; } = new(Role.Sender);

    public static ManageAccess Admin { get; } = new(Role.Admin);

    public static ManageAccess Owner { get; } = new(Role.Owner);
}

/// <summary>Marks an endpoint that needs an operator; besides <see cref="ManageAccess"/>.</summary>
internal sealed record OperatorOnly;

/// <summary>Marks an endpoint that is about the account which is signed in: keys have none. Besides <see cref="ManageAccess"/>.</summary>
internal sealed record AccountOnly;

/// <summary>Marks an endpoint of /manage for everybody, signed in or not.</summary>
internal sealed record OpenToAll;
