using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Audit;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Sealing;
using Pushbell.Dispatch.Storage;
using Pushbell.Testing;
using Pushbell.WebPush;

namespace Pushbell.Dispatch.Tests.Organizations;

public sealed class FirstStartTests : IAsyncLifetime
{
    private readonly ManualTimeProvider clock = new();
    private readonly MasterKey master = new(new byte[MasterKey.Length]);
    private TestDatabase files = null!;
    private Database database = null!;
    private KeyRing keys = null!;

    public async ValueTask InitializeAsync()
    {
        files = await TestDatabase.CreateAsync();
        database = await files.OpenAsync(clock);
        keys = new KeyRing(database, Ids, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await files.DisposeAsync();
    }

    [Fact]
    public async Task Run_NothingGiven_MakesKeysThatWork()
    {
        var made = (await RunAsync(new FirstStartValues())).ShouldNotBeNull();

        made.WereGiven.ShouldBeFalse();
        (await CallerAsync(made.SecretKey)).Kind.ShouldBe(KeyKind.Secret);
        (await CallerAsync(made.ApiKey)).Kind.ShouldBe(KeyKind.Api);
        (await CallerAsync(made.PublishableKey)).Kind.ShouldBe(KeyKind.Publishable);
        (await ValueAsync<string>("SELECT plan FROM organization")).ShouldBe("unlimited");
        (await ValueAsync<long?>("SELECT credit_available FROM organization")).ShouldBeNull();
        (
            await ValueAsync<string>(
                "SELECT a.email || ' ' || m.role || ' ' || a.is_operator FROM account a JOIN member m ON m.id = a.id WHERE a.password_hash IS NULL"
            )
        ).ShouldBe("owner@localhost owner 1");
        (await ValueAsync<string>("SELECT hash FROM account_link")).ShouldBe(KeyText.Hash(made.OwnerLink.ShouldNotBeNull()));

        var caller = await CallerAsync(made.SecretKey);
        var service = await new ServiceQueries(database).GetAsync(caller.OrganizationId, caller.ServiceId, CancellationToken.None);
        service.Name.ShouldBe("My App");
        service.ContactEmail.ShouldBe(NewService.PlaceholderContact);
        var identity = await new VapidKeyStore(database, master, clock).OpenAsync(
            caller.OrganizationId,
            caller.ServiceId,
            service.VapidKeyId,
            CancellationToken.None
        );
        identity.Keys.PublicKey.ShouldBe(service.VapidPublicKey);
        VapidSubject.TryValidate(identity.Subject, out var problem).ShouldBeTrue(problem);
    }

    [Fact]
    public async Task Run_EverythingGiven_TakesItAsItIs()
    {
        var values = new FirstStartValues
        {
            SecretKey = "sk_given_0123456789abcdefghij",
            ApiKey = "psk_given_0123456789abcdefghij",
            PublishableKey = "pk_given_0123456789abcdefghij",
            OwnerEmail = "owner@example.com",
            OwnerPassword = "correct horse",
            OrganizationName = "Example",
            ServiceIdentifier = "example-shop",
            Plan = Plan.Find("starter")!,
            Credits = 250,
            AllowedOrigins = ["https://a.example", "https://b.example", "https://a.example"],
            ContactEmail = "ops@example.com",
        };

        var made = (await RunAsync(values)).ShouldNotBeNull();

        made.ShouldBe(new FirstKeys(values.SecretKey, values.ApiKey, values.PublishableKey, WereGiven: true));
        var caller = await CallerAsync(values.SecretKey);
        (await CallerAsync(values.ApiKey)).OrganizationId.ShouldBe(caller.OrganizationId);
        (await ValueAsync<string>("SELECT name || '/' || plan || '/' || credit_available FROM organization")).ShouldBe(
            "Example/starter/250"
        );
        (
            await ValueAsync<string>("SELECT kind || ' ' || amount || ' ' || available_after || ' ' || held_after FROM credit_movement")
        ).ShouldBe("top-up 250 250 0");
        PasswordHash
            .Verify("correct horse", (await ValueAsync<string>("SELECT password_hash FROM account WHERE email = 'owner@example.com'"))!)
            .ShouldBeTrue();

        var origins = new ServiceOrigins(database);
        (await origins.AllowsAsync(caller.OrganizationId, caller.ServiceId, "https://b.example", CancellationToken.None)).ShouldBeTrue();
        (await origins.AllowsAsync(caller.OrganizationId, caller.ServiceId, "https://c.example", CancellationToken.None)).ShouldBeFalse();
        (await origins.AnyAllowsAsync("https://a.example", CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Run_DatabaseNotEmpty_DoesNothing()
    {
        var first = await RunAsync(new FirstStartValues());

        (await RunAsync(new FirstStartValues { SecretKey = "sk_given_0123456789abcdefghij" })).ShouldBeNull();

        (await ValueAsync<int>("SELECT count(*) FROM organization")).ShouldBe(1);
        (await keys.FindAsync("sk_given_0123456789abcdefghij", CancellationToken.None)).ShouldBeNull();
        (await CallerAsync(first!.SecretKey)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Run_TwoProcessesAtOnce_FillItOnce()
    {
        await using var other = await files.OpenAsync(clock);

        var made = await Task.WhenAll(
            Task.Run(() => RunAsync(new FirstStartValues())),
            Task.Run(() => RunAsync(new FirstStartValues(), other))
        );

        made.Count(one => one is not null).ShouldBe(1);
        (await ValueAsync<int>("SELECT count(*) FROM api_key")).ShouldBe(3);
    }

    private IdGenerator Ids => new(clock, new Random(1));

    private Task<FirstKeys?> RunAsync(FirstStartValues values, Database? on = null)
    {
        var (target, ids) = (on ?? database, Ids);
        return new FirstStart(
            target,
            new CreateOrganization(target, new Credits(ids, clock), ids, clock),
            new CreateService(target, new VapidKeyStore(target, master, clock), ids, clock),
            new AccountBook(target, new AuditLog(target, ids, clock), clock),
            new KeyRing(target, ids, clock),
            ids
        ).RunAsync(values, CancellationToken.None);
    }

    private async Task<Caller> CallerAsync(string key) => (await keys.FindAsync(key, CancellationToken.None)).ShouldNotBeNull();

    private Task<T?> ValueAsync<T>(string sql) => database.ReadAsync(session => session.FirstAsync<T>(sql), CancellationToken.None);
}
