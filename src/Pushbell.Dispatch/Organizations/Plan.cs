namespace Pushbell.Dispatch.Organizations;

/// <summary>How many deliveries an organization may start per UTC hour and day; null is without limit.</summary>
public sealed record Plan(string Name, int? Hourly, int? Daily)
{
    /// <summary>The plan whose limits are agreed with each organization.</summary>
    public const string CustomName = "custom";

    public static readonly Plan Unlimited = new("unlimited", null, null);

    /// <summary>The plans whose limits are the same for everybody.</summary>
    public static readonly IReadOnlyList<Plan> All =
    [
        new("starter", 100, 1_000),
        new("professional", 1_000, 10_000),
        new("scale", 10_000, 100_000),
        Unlimited,
    ];

    /// <summary>What an organization's row keeps of the limits: only a custom plan's.</summary>
    public int? CustomHourly => Name == CustomName ? Hourly : null;

    public int? CustomDaily => Name == CustomName ? Daily : null;

    public static Plan Custom(int? hourly, int? daily) => new(CustomName, hourly, daily);

    public static Plan? Find(string name) => All.FirstOrDefault(plan => plan.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The plan that an organization's row holds.</summary>
    public static Plan Stored(string name, int? customHourly, int? customDaily) =>
        name == CustomName
            ? Custom(customHourly, customDaily)
            : Find(name) ?? throw new InvalidOperationException($"An organization has the unknown plan '{name}'.");
}
