using Pushbell.Dispatch.Alarms;
using Pushbell.Dispatch.Organizations;
using Pushbell.WebPush;

namespace Pushbell.Server.Cli.Diagnosis;

/// <summary>The services of every organization: their contact, their origins, whether they are on; and open alarms.</summary>
internal static class TenantDiagnosis
{
    public static async IAsyncEnumerable<Finding> ExamineAsync(Operation operation)
    {
        var organizations = await operation.Use<OrganizationQueries>().ListAsync(operation.Cancellation);
        if (organizations.Count == 0)
        {
            yield return Finding.Warning("organizations", "There is none yet.", "Start the server once, or: pushbell organization create --name NAME");
        }

        foreach (var organization in organizations)
        {
            foreach (var service in await operation.Use<ServiceQueries>().ListAsync(organization.Id, operation.Cancellation))
            {
                yield return ContactOf(service);
                var origins = await operation.Use<ServiceOrigins>().ListAsync(organization.Id, service.Id, operation.Cancellation);
                yield return OriginsOf(service, origins);
                if (!Caller.Of(service).ServiceIsOn)
                {
                    yield return Finding.Warning(
                        "service",
                        $"{service.Identifier} is switched off: all that it is asked is refused.",
                        $"pushbell service set --service {service.Identifier} --on"
                    );
                }
            }

            var alarms = await operation.Use<AlarmBoard>().ListAsync(organization.Id, operation.Cancellation);
            foreach (var alarm in alarms.Where(alarm => alarm.ResolvedAt is null))
            {
                yield return Finding.Warning("alarm", alarm.Sentence, "See: pushbell alarm list");
            }
        }
    }

    /// <summary>It is the subject of the VAPID tokens; Apple answers BadJwtToken to one that nobody could reach.</summary>
    private static Finding ContactOf(ServiceInfo service)
    {
        var mend = $"pushbell service set --service {service.Identifier} --contact you@your-company.com";
        if (service.ContactEmail == NewService.PlaceholderContact)
        {
            return Finding.Warning("contact", $"{service.Identifier} has the placeholder {service.ContactEmail}: Apple refuses its messages.", mend);
        }

        return VapidSubject.TryValidate($"mailto:{service.ContactEmail}", out var problem)
            ? Finding.Ok("contact", $"{service.Identifier} names {service.ContactEmail} to push services.")
            : Finding.Problem("contact", $"{service.Identifier}: {problem}", mend);
    }

    private static Finding OriginsOf(ServiceInfo service, IReadOnlyList<string> origins)
    {
        var mend = $"pushbell service set --service {service.Identifier} --add-origin https://app.example.com";
        if (origins.Count == 0)
        {
            return Finding.Warning("origins", $"{service.Identifier} allows no web origin: no browser can register.", mend);
        }

        var insecure = origins.Where(origin => new Uri(origin) is { Scheme: not "https", IsLoopback: false }).ToArray();
        return insecure.Length == 0
            ? Finding.Ok("origins", $"{service.Identifier} allows {string.Join(' ', origins)}.")
            : Finding.Warning(
                "origins",
                $"{service.Identifier} allows {string.Join(' ', insecure)}: browsers let pages subscribe on https only.",
                $"Serve those pages on https, and: {mend}"
            );
    }
}
