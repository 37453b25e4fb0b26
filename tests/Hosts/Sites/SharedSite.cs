using Pushbell.Hosts.Tests.Networks;
using Pushbell.Testing.Postgres;

namespace Pushbell.Hosts.Tests.Sites;

/// <summary>The site of all tests, which come one after the other and leave it whole; started for the first.</summary>
public sealed class SharedSite : IAsyncDisposable
{
    private Task<Site>? starting;

    /// <summary>Skips the test where no network can be made.</summary>
    internal async Task<Site> StartedAsync()
    {
        var (ip, whyNot) = await Ip.FindAsync();
        Assert.SkipWhen(ip is null, $"No hosts of their own: {whyNot}.");
        Assert.SkipWhen(PostgresPrograms.Folder is null, PostgresPrograms.Missing);
        return await (starting ??= Site.StartAsync(ip!));
    }

    public async ValueTask DisposeAsync()
    {
        if (starting is { IsCompletedSuccessfully: true })
        {
            await (await starting).DisposeAsync();
        }
    }
}
