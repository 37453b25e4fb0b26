using Microsoft.Playwright;

namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>A screen by day or by night.</summary>
internal sealed record View(string Name, int Width, int Height, ColorScheme Scheme)
{
    public static View Desktop { get; } = new("desktop-light", 1280, 800, ColorScheme.Light);

    public static View DesktopByNight { get; } = Desktop with { Name = "desktop-dark", Scheme = ColorScheme.Dark };

    public static View Phone { get; } = new("phone-light", 390, 844, ColorScheme.Light);

    public static View PhoneByNight { get; } = Phone with { Name = "phone-dark", Scheme = ColorScheme.Dark };

    /// <summary>Beginning and ending on a desk.</summary>
    public static IReadOnlyList<View> All { get; } = [Desktop, Phone, PhoneByNight, DesktopByNight];

    public async Task ShowAsync(IPage page)
    {
        await page.SetViewportSizeAsync(Width, Height);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = Scheme, ReducedMotion = ReducedMotion.Reduce });
        // Colours half way from day to night belong to neither; on a busy machine their change begins a frame later.
        await page.EvaluateAsync(
            """
            async () => {
                for (let frame = 0; frame < 3; frame++) {
                    await new Promise(requestAnimationFrame);
                    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
                }
            }
            """
        );
    }

    /// <summary>What axe has against the page as it is shown, and whether it is wider than the screen.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync(IPage page, string what)
    {
        var wider = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        string[] tooWide = wider > 0 ? [$"is {wider} pixels wider than the screen"] : [];
        return [.. tooWide.Concat(await Axe.ViolationsAsync(page)).Select(violation => $"{what}, {Name}: {violation}")];
    }

    /// <summary>The same in each of the views; in all when none is given.</summary>
    public static async Task<IReadOnlyList<string>> AllViolationsAsync(IPage page, string what, params View[] views)
    {
        var violations = new List<string>();
        foreach (var view in views.Length > 0 ? views : All)
        {
            await view.ShowAsync(page);
            violations.AddRange(await view.ViolationsAsync(page, what));
        }

        return violations;
    }
}
