using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

/// <summary>A server that delivers, and its first service as its owner manages it.</summary>
internal sealed class ManagedService : IAsyncDisposable
{
    private readonly ManagedServer managed;

    private ManagedService(ManagedServer managed, string service) => (this.managed, Path) = (managed, service);

    public RunningServer Server => managed.Server;

    public ManagedServer Managed => managed;

    public Manage Owner => managed.Owner;

    /// <summary>Of the organization, behind /manage.</summary>
    public string Organization => managed.Organization;

    /// <summary>Of the service, behind /manage.</summary>
    public string Path { get; }

    public static async Task<ManagedService> StartAsync(TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        var started = await ManagedServer.StartAsync(clock, [("Pushbell:Role", "all"), .. settings]);
        var services = await started.Owner.GetAsync(started.Organization + "/services");
        return new ManagedService(started, started.Organization + "/services/" + services.Json.GetProperty("services")[0].GetProperty("service_id").GetString());
    }

    public Task<Reply> GetAsync(string path) => Owner.GetAsync(Path + path);

    public Task<Reply> PostAsync(string path, object body) => Owner.PostAsync(Path + path, body);

    /// <summary>Sends to registrations; <paramref name="more"/> are further fields of the body.</summary>
    /// <returns>The notification's id.</returns>
    public async Task<string> SendAsync(IEnumerable<RegisteredClient> to, params (string Name, object Value)[] more)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["title"] = "Hello!", ["body"] = "World" };
        body["target_registration_ids"] = to.Select(client => client.Id);
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        var sent = await PostAsync("/notifications", body);
        sent.Status.ShouldBe(202, sent.Body);
        return sent.Text("request_id")!;
    }

    /// <summary>The notification, once nothing is pending any more.</summary>
    public async Task<Reply> EndedAsync(string request, ManualTimeProvider? clock = null)
    {
        Reply? last = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                last = await GetAsync("/notifications/" + request);
                return last.Number("pending") == 0;
            },
            clock
        );
        return last!;
    }

    /// <summary>What the audit log says of an action: subjects and details, the newest first.</summary>
    public async Task<IReadOnlyList<(string? Subject, string? Detail)>> AuditedAsync(string action)
    {
        var log = await Owner.GetAsync(Organization + "/audit?limit=1000");
        return
        [
            .. log.Json.GetProperty("entries")
                .EnumerateArray()
                .Where(entry => entry.GetProperty("action").GetString() == action)
                .Select(entry => (entry.GetProperty("subject").GetString(), entry.GetProperty("detail").GetString())),
        ];
    }

    public ValueTask DisposeAsync() => managed.DisposeAsync();
}
