using Microsoft.Playwright;
using Pushbell.Testing;

namespace Pushbell.Browser.Tests;

/// <summary>Reads a page as axe does: whether everybody can perceive and use it.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Script = new(() => Checkout.Read("web", "node_modules", "axe-core", "axe.min.js"));

    /// <summary>One line for each element that breaks a rule of axe's, its best practices included.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            // Evaluated by the driver, so that the page's content security policy stays as it is.
            await page.EvaluateAsync(Script.Value);
        }

        return await page.EvaluateAsync<string[]>(
            """
            async () => {
              const { violations } = await axe.run({ resultTypes: ["violations"] });
              return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
            }
            """
        );
    }
}
