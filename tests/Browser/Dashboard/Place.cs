namespace Pushbell.Browser.Tests.Dashboard;

/// <summary>An organization with a service, and what is there to be looked at.</summary>
internal sealed record Place(string Organization, string Service, string ServiceName)
{
    /// <summary>A notification and its title; null where nothing was sent.</summary>
    public (string Id, string Title)? Request { get; init; }

    /// <summary>A client and its person; null where there is none.</summary>
    public (string Id, string Person)? Client { get; init; }

    /// <summary>Of the organization, behind /manage.</summary>
    public string OrganizationPath => $"/organizations/{Organization}";

    /// <summary>Of the service, behind /manage.</summary>
    public string ServicePath => $"{OrganizationPath}/services/{Service}";

    /// <summary>Puts what is here into a text with placeholders such as <c>:service</c>; null where one of them is not here.</summary>
    public string? Fill(string text)
    {
        (string Placeholder, string? Value)[] values =
        [
            (":organization", Organization), (":service-name", ServiceName), (":service", Service), (":request", Request?.Id),
            (":title", Request?.Title), (":client", Client?.Id), (":person", Client?.Person),
        ];
        foreach (var (placeholder, value) in values)
        {
            if (text.Contains(placeholder, StringComparison.Ordinal))
            {
                if (value is null)
                {
                    return null;
                }

                text = text.Replace(placeholder, value, StringComparison.Ordinal);
            }
        }

        return text;
    }
}
