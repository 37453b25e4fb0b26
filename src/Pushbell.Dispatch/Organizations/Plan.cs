namespace Pushbell.Dispatch.Organizations;

/// <summary>How many deliveries an organization may start per UTC hour and day; null is without limit.</summary>
public sealed record Plan(string Name, int? Hourly, int? Daily)
{
    public static readonly Plan Unlimited = new("unlimited", null, null);

    public static readonly IReadOnlyList<Plan> All =
    [
        new("starter", 100, 1_000),
        new("professional", 1_000, 10_000),
        new("scale", 10_000, 100_000),
        Unlimited,
    ];

    public static Plan? Find(string name) => All.FirstOrDefault(plan => plan.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
