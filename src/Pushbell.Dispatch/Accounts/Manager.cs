namespace Pushbell.Dispatch.Accounts;

/// <summary>What somebody may do in an organization; each includes the ones before it.</summary>
public enum Role
{
    /// <summary>Looks.</summary>
    Viewer,

    /// <summary>Sends.</summary>
    Sender,

    /// <summary>Sets up services, keys and members.</summary>
    Admin,

    /// <summary>Everything, other owners and management keys included.</summary>
    Owner,
}

/// <summary>Who manages: a signed-in account or a management key, and what it may do where it is just now.</summary>
public sealed record Manager
{
    /// <summary>The account; null of a key.</summary>
    public long? AccountId { get; init; }

    /// <summary>The session that the account signed in with; null of a key.</summary>
    public long? SessionId { get; init; }

    /// <summary>The management key; null of an account.</summary>
    public long? KeyId { get; init; }

    /// <summary>An email, or <c>key …hint</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Stands above organizations: may do everything in each.</summary>
    public bool IsOperator { get; init; }

    /// <summary>The organization that a request is about; 0 outside of one. Of a key, from the beginning, its own.</summary>
    public long OrganizationId { get; init; }

    /// <summary>In that organization.</summary>
    public Role Role { get; init; }
}

/// <summary>Roles as they are stored and written.</summary>
public static class RoleNames
{
    public static readonly IReadOnlyList<string> All = [.. Enum.GetValues<Role>().Select(Of)];

    public static string Of(Role role) =>
        role switch
        {
            Role.Viewer => "viewer",
            Role.Sender => "sender",
            Role.Admin => "admin",
            Role.Owner => "owner",
            _ => throw new ArgumentOutOfRangeException(nameof(role)),
        };

    /// <returns>Null when the text names none.</returns>
    public static Role? Find(string? name) => All.Index().Where(known => known.Item == name).Select(known => (Role?)known.Index).FirstOrDefault();

    internal static Role Stored(string name) => Find(name) ?? throw new InvalidOperationException($"'{name}' is stored as a role.");
}
