using Pushbell.Testing;

namespace Pushbell.Browser.Tests.Site;

/// <summary>The page and the worker of docs/pwa.md, word for word but for the server's address and the key.</summary>
internal static class QuickStart
{
    public static string Page(Uri server) => Fill(FirstBlock("html"), server);

    public static string Worker(Uri server) => Fill(FirstBlock("js"), server);

    /// <summary>Puts the server's address and the key of tests where the guide has examples of them.</summary>
    public static string Fill(string text, Uri server) =>
        text.Replace("https://push.example.com", server.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace("pk_your_publishable_key", RunningServer.PublishableKey, StringComparison.Ordinal);

    /// <summary>The guide's first piece of code in this language.</summary>
    private static string FirstBlock(string language)
    {
        var guide = Checkout.Read("docs", "pwa.md");
        var fence = $"```{language}\n";
        var start = guide.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        return guide[start..guide.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
