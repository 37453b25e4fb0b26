using System.Runtime.CompilerServices;
using Pushbell.Server.Hosting;
using Pushbell.WebPush;

namespace Pushbell.Server.Cli.Diagnosis;

/// <summary>Whether push services can be reached, as the server would reach them, and what time it is there.</summary>
internal static class PushServiceDiagnosis
{
    // VAPID tokens say when they end (RFC 8292 §2) and bear half a day; TTLs, schedules and quotas go wrong much earlier.
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(30), Wrong = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async IAsyncEnumerable<Finding> ExamineAsync(PushbellSettings settings, TimeProvider clock, bool offline, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // The patience is with a network, whose time is the system's.
        var (client, refused) = ClientOf(settings, TimeProvider.System);
        if (client is null)
        {
            yield return refused!;
            yield break;
        }

        using (client)
        {
            yield return EncryptionOf(client, settings);
            var options = settings.PushServices.ToOptions();
            var probes = OriginsOf(options, offline)
                .Select(async origin => (origin.Url, origin.IsTrusted, Result: await client.ReachAsync(origin.Url, cancellation)))
                .ToArray();
            var answers = await Task.WhenAll(probes);
            foreach (var (url, isTrusted, result) in answers)
            {
                yield return FindingOf(url, isTrusted, result.Problem);
            }

            yield return ClockOf([.. answers.Select(answer => answer.Result.Date).OfType<DateTimeOffset>()], clock.GetUtcNow());
        }
    }

    private static IEnumerable<(Uri Url, bool IsTrusted)> OriginsOf(PushClientOptions options, bool offline) =>
        PushServiceProfile
            .KnownOrigins.Where(origin => !offline || options.Routes.ContainsKey(origin.IdnHost))
            .Select(origin => (origin, false))
            .Concat(options.TrustedOrigins.Select(origin => (new Uri(origin), true)));

    private static (PushClient? Client, Finding? Refused) ClientOf(PushbellSettings settings, TimeProvider clock)
    {
        try
        {
            return (new PushClient(settings.PushServices.ToOptions() with { Encryption = settings.Delivery.Encryption, AttemptTimeout = Patience }, clock), null);
        }
        catch (PlatformNotSupportedException exception)
        {
            return (
                null,
                Finding.Problem("encryption", exception.Message, "Install OpenSSL 3 (libcrypto), or set Pushbell__Delivery__Encryption=automatic")
            );
        }
    }

    private static Finding EncryptionOf(PushClient client, PushbellSettings settings)
    {
        var sentence = $"Messages are encrypted by {client.EncryptedBy}.";
        return settings.Delivery.Encryption == EncryptionPath.Automatic && !client.EncryptedBy.StartsWith("libcrypto", StringComparison.Ordinal)
            ? Finding.Warning("encryption", sentence, "Install OpenSSL 3 (libcrypto): it encrypts six times as fast.")
            : Finding.Ok("encryption", sentence);
    }

    private static Finding FindingOf(Uri origin, bool isTrusted, string? problem)
    {
        var (subject, name) = ("push service", origin.GetLeftPart(UriPartial.Authority));
        return (problem, isTrusted) switch
        {
            (null, _) => Finding.Ok(subject, $"{name} answers."),
            ("address-not-public", _) => Finding.Problem(
                subject,
                $"{name} has an address here that is not public, and is not sent to.",
                "See which DNS server this machine asks; somebody answers in place of the push service."
            ),
            (_, true) => Finding.Problem(
                subject,
                $"{name} does not answer ({problem}), although Pushbell:PushServices:Trusted names it.",
                "Start it, correct its address, or take it out of Pushbell:PushServices:Trusted."
            ),
            _ => Finding.Warning(
                subject,
                $"{name} does not answer ({problem}): its browsers are not reached from here.",
                "Let this machine open https connections to it, directly: no proxy is used."
            ),
        };
    }

    /// <summary>The date nearest to ours counts: of several clocks one may be wrong, and an answer may have been long on its way.</summary>
    private static Finding ClockOf(IReadOnlyList<DateTimeOffset> dates, DateTimeOffset now)
    {
        const string Subject = "clock";
        const string Mend = "Keep this machine's clock by NTP (e.g. systemd-timesyncd or chrony).";
        if (dates.Count == 0)
        {
            return Finding.Warning(Subject, "No push service has told its time, so this clock was compared with none.", Mend);
        }

        var off = dates.Select(date => now - date).MinBy(lead => lead.Duration());
        var sentence = $"This clock is {off.Duration():d\\.hh\\:mm\\:ss} {(off < TimeSpan.Zero ? "behind" : "ahead of")} the push services'.";
        return off.Duration() switch
        {
            var lead when lead > Wrong => Finding.Problem(Subject, sentence, Mend),
            var lead when lead > Noticeable => Finding.Warning(Subject, sentence, Mend),
            _ => Finding.Ok(Subject, "This clock agrees with the push services'."),
        };
    }
}
