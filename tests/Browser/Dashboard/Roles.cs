namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>Each includes those before it; the operator stands above organizations.</summary>
internal static class Roles
{
    public const string Viewer = "viewer", Sender = "sender", Admin = "admin", Owner = "owner", Operator = "operator";

    private static readonly string[] Order = [Viewer, Sender, Admin, Owner, Operator];

    public static bool May(string role, string least) => Array.IndexOf(Order, role) >= Array.IndexOf(Order, least);
}
