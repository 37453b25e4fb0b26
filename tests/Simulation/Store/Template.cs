using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Pushbell.Dispatch;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;
using Pushbell.WebPush;

namespace Pushbell.Simulation.Store;

/// <summary>An organization with its one service.</summary>
internal sealed record Tenant(long Organization, long Service);

/// <summary>A migrated database with a few organizations, made once by the product itself; every run starts from a copy of its file.</summary>
internal sealed record Template(byte[] File, IReadOnlyList<Tenant> Tenants, MasterKey Master)
{
    private const int TenantCount = 3;

    /// <summary>Where the files of runs lie: in memory if the system has such a place. What a crash of the machine does to a file is not simulated.</summary>
    public static string Root => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public static Template Create()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "pushbell-template-" + Path.GetRandomFileName()));
        try
        {
            var file = Path.Combine(folder.FullName, "template.db");
            var master = new MasterKey(SHA256.HashData("simulation"u8));
            var tenants = FillAsync($"Data Source={file};Pooling=False", master).GetAwaiter().GetResult();
            return new Template(System.IO.File.ReadAllBytes(file), tenants, master);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Tenant>> FillAsync(string connectionString, MasterKey master)
    {
        var database = await Database.OpenAsync(connectionString, TimeProvider.System, CancellationToken.None);
        var parts = new DispatchParts(database, master, new DeliverySettings(), new PushClientOptions(), () => new Random(1));
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddDispatch(parts).BuildServiceProvider();
        var tenants = new List<Tenant>();
        for (var number = 1; number <= TenantCount; number++)
        {
            var organization = await services
                .GetRequiredService<CreateOrganization>()
                .RunAsync(new NewOrganization($"Organization {number}", Plan.Unlimited, Credits: null), CancellationToken.None);
            var service = await services
                .GetRequiredService<CreateService>()
                .RunAsync(organization, new NewService($"service-{number}"), CancellationToken.None);
            tenants.Add(new Tenant(organization, service.Value));
        }

        await database.DisposeAsync();
        return tenants;
    }
}
