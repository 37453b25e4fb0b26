using System.CommandLine;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Server.Hosting;

namespace Pushbell.Server.Cli.Services;

/// <summary>The options of <c>service set</c> for what people see: the hosted PWA's colors, and where a tap leads.</summary>
internal sealed class ServiceBrowserOptions
{
    private const string On = "on", Off = "off";

    public ServiceBrowserOptions() => ClickLinks.AcceptOnlyFromAmong(On, Off);

    public Option<string?> ThemeColor { get; } =
        new Option<string?>("--theme-color") { HelpName = "#rrggbb", Description = "The hosted PWA's, of the frame around it." }.Checked(TenantRules.ColorProblem);

    public Option<string?> BackgroundColor { get; } =
        new Option<string?>("--background-color") { HelpName = "#rrggbb", Description = "The hosted PWA's, while it starts." }.Checked(TenantRules.ColorProblem);

    public Option<string?> ClickLinks { get; } =
        new("--click-links") { HelpName = $"{On}|{Off}", Description = "Lead taps through this server, which counts them; needs Pushbell:PublicUrl." };

    public bool? ClickLinksOf(ParseResult line) => line.GetValue(ClickLinks) is { } text ? text == On : null;

    /// <returns>Null when nothing speaks against it.</returns>
    public Failure? Refusal(Operation operation) =>
        ClickLinksOf(operation.Line) == true && operation.Use<PushbellSettings>().WhyNoClickLinks() is { } why ? new Failure.InvalidRequest(why) : null;
}
