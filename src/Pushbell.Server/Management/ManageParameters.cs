using Pushbell.Server.Hosting;
using Pushbell.Server.Hosting.OpenApi;

namespace Pushbell.Server.Management;

/// <summary>What the paths and query strings of many operations have in common, in words.</summary>
internal static class ManageParameters
{
    public static Parameter Organization { get; } = new("organization_id", "The organization, `org_…`.");

    public static Parameter Service { get; } = new("service_id", "The service, `svc_…`.");

    public static Parameter Limit { get; } = new("limit", "How many to list.") { Number = new(1, Paging.MaxLimit, Paging.DefaultLimit) };

    public static Parameter After { get; } = new("after", "`next` of the page before.");
}
