using Pushbell.Testing;

namespace Pushbell.Server.Tests.Examples;

/// <summary>The two published pages: themselves where they lie beside the checkout, else our copy of their code examples.</summary>
internal static class ExamplePages
{
    public const string Push = "cloudsignal-push-api.txt";
    public const string Service = "pushservice-api.txt";

    public static string Text(string page) => PublishedText(page) ?? CopiedText(page);

    /// <summary>Only the code examples, in the page's order.</summary>
    public static string CopiedText(string page) => Checkout.Read("tests", "Pushbell.Server.Tests", "Examples", "pages", page);

    /// <returns>Null when the page is not beside the checkout.</returns>
    public static string? PublishedText(string page)
    {
        var file = Path.Combine(Checkout.Root, "..", "shared", "reference", page);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }
}
