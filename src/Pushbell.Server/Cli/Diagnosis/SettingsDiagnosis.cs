using Pushbell.Server.Hosting;

namespace Pushbell.Server.Cli.Diagnosis;

/// <summary>What the configuration says, before anything is opened.</summary>
internal static class SettingsDiagnosis
{
    /// <returns>The settings, or why there are none.</returns>
    public static (PushbellSettings? Settings, Finding? Refused) Read(AtRest rest)
    {
        try
        {
            return (SettingsReader.Read(rest.Configuration, rest.Builder.Environment), null);
        }
        catch (BadSettingException exception)
        {
            return (null, Finding.Problem("configuration", exception.Message, "Mend that first; the server does not start with it, and the rest was not looked at."));
        }
    }

    public static IEnumerable<Finding> Examine(PushbellSettings settings)
    {
        yield return PublicUrlOf(settings.PublicUrl);
    }

    /// <summary>Browsers let pages subscribe in secure contexts only: https, or this very machine.</summary>
    private static Finding PublicUrlOf(string? url)
    {
        const string Subject = "https";
        const string Mend = "Put a proxy with a certificate before the server, and set e.g. Pushbell__PublicUrl=https://push.example.com";
        if (string.IsNullOrEmpty(url))
        {
            return Finding.Warning(Subject, "Pushbell:PublicUrl is not set: there are no click links, and the hosted PWA works on this machine only.", Mend);
        }

        return new Uri(url) is { Scheme: "https" } or { IsLoopback: true }
            ? Finding.Ok(Subject, $"Browsers reach this installation at {url}.")
            : Finding.Problem(Subject, $"Pushbell:PublicUrl is {url}: browsers let pages subscribe on https only.", Mend);
    }
}
