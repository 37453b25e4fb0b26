using Microsoft.Playwright;

namespace Pushbell.Browser.Tests.Enrol;

/// <summary>
/// What every state of the page must stand: nothing is wider than the screen, on a phone and on a desk, by day and by night, and axe finds
/// nothing. It reads each screen once, some by day and one by night: colours do not depend on the space. With the environment variable set it
/// leaves a picture of each.
/// </summary>
internal static class Audit
{
    private const string PicturesVariable = "PUSHBELL_ENROL_PICTURES", ReadByNight = "phone";

    private static readonly (string Name, int Width, int Height)[] Screens = [("narrow", 320, 640), ("phone", 390, 844), ("desktop", 1280, 800)];
    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    public static async Task PassAsync(IPage page, string state)
    {
        foreach (var (screen, width, height) in Screens)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in Schemes)
            {
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                var view = $"{state}-{screen}-{scheme.ToString().ToLowerInvariant()}";
                await PictureAsync(page, view);
                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, view);
                if ((screen == ReadByNight) == (scheme == ColorScheme.Dark))
                {
                    (await Axe.ViolationsAsync(page)).ShouldBeEmpty(view);
                }
            }
        }
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(PicturesVariable) is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
