using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Management.Services;

/// <summary>What the fields of a service must look like: the rules are those of every other way to set them, the names are ours.</summary>
internal static class ServiceFields
{
    private const int MostOrigins = 100, MaxAddress = 2_000;

    /// <returns>Null when the field is left out or good.</returns>
    public static string? Check(string name, string? value, Func<string, string?> problemOf) =>
        value is not null && problemOf(value) is { } problem ? $"{name}: {problem}" : null;

    public static string? CheckOrigins(IReadOnlyList<string?>? origins)
    {
        if (origins?.Count > MostOrigins)
        {
            return $"allowed_origins must hold at most {MostOrigins} entries; it holds {origins.Count}.";
        }

        return (origins ?? []).Select((origin, at) => Check($"allowed_origins[{at}]", origin ?? "", TenantRules.OriginProblem)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>An empty one takes the icon away.</summary>
    public static string? CheckIcon(string? icon) =>
        string.IsNullOrEmpty(icon) ? null
        : icon.Length > MaxAddress ? $"icon has {icon.Length} characters; at most {MaxAddress} are allowed."
        : WebAddress.Check("icon", icon);

    public static Failure? ToFailure(string? problem) => problem is null ? null : new Failure.InvalidRequest(problem);
}
