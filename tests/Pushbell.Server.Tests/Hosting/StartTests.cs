using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pushbell.Dispatch.Accounts;
using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Hosting;
using Pushbell.Testing;
using Pushbell.WebPush;

namespace Pushbell.Server.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task FirstStart_WithGivenValues_UsesThem()
    {
        await using var server = await RunningServer.StartAsync(
            settings:
            [
                ("Pushbell:Bootstrap:OrganizationName", "Acme"),
                ("Pushbell:Bootstrap:ServiceIdentifier", "acme-shop"),
                ("Pushbell:Bootstrap:Plan", "professional"),
                ("Pushbell:Bootstrap:Credits", "250"),
                ("Pushbell:Bootstrap:OwnerEmail", "owner@acme.example"),
                ("Pushbell:Bootstrap:OwnerPassword", "correct horse"),
            ]
        );

        using var response = await server.V2Async(HttpMethod.Get, "/service");

        var service = await RunningServer.JsonOf(response);
        service.GetProperty("service_identifier").GetString().ShouldBe("acme-shop");
        service.GetProperty("service_name").GetString().ShouldBe("Acme Shop");
        service.GetProperty("hourly_notification_limit").GetInt32().ShouldBe(1_000);
        var database = server.Services.GetRequiredService<Database>();
        var stored = await database.ReadAsync(
            session => session.FirstAsync<string>("SELECT password_hash FROM account WHERE email = 'owner@acme.example'"),
            CancellationToken.None
        );
        PasswordHash.Verify("correct horse", stored!).ShouldBeTrue();
        PasswordHash.Verify("wrong horse", stored!).ShouldBeFalse();
        var credits = await database.ReadAsync(
            session => session.FirstAsync<long>("SELECT credit_available FROM organization"),
            CancellationToken.None
        );
        credits.ShouldBe(250);
    }

    [Theory]
    [InlineData("automatic", "libcrypto (OpenSSL")]
    [InlineData("libcrypto", "libcrypto (OpenSSL")]
    [InlineData("bcl", ".NET")]
    public async Task Encryption_AsConfigured_IsTheOneThatRuns(string setting, string path)
    {
        await using var server = await RunningServer.StartAsync(settings: [("Pushbell:Delivery:Encryption", setting)]);

        server.Services.GetRequiredService<PushClient>().EncryptedBy.ShouldStartWith(path);
        (await server.RegisterAsync()).Subscription.ShouldNotBeNull();
        using var sent = await server.V2Async(HttpMethod.Post, "/send", new { title = "Hello", body = "all", target_all = true });
        (await RunningServer.JsonOf(sent)).GetProperty("successful_sends").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task DamagedDatabase_StopsTheStart_AndSaysHowToRestore()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "pushbell.db");
        await File.WriteAllBytesAsync(file, [.. Enumerable.Repeat((byte)0x2A, 8192)]);

        var start = () => ServerHost.BuildAsync([$"--ConnectionStrings:Pushbell=Data Source={file}"], TimeProvider.System);

        (await Should.ThrowAsync<UnusableDatabaseException>(start)).Message.ShouldContain("Restore it from a backup");
    }

    [Fact]
    public async Task PortTaken_LosesNoKeys_TheNextStartShowsThem()
    {
        using var folder = new TemporaryFolder();
        await using var first = await RunningServer.StartAsync();
        string[] args = [$"--ConnectionStrings:Pushbell=Data Source={folder.Path}/pushbell.db", "--Logging:LogLevel:Default=None"];

        await using (var blocked = await ServerHost.BuildAsync([.. args, $"--urls={first.Url}"], TimeProvider.System))
        {
            await Should.ThrowAsync<IOException>(() => blocked.StartAsync());
        }

        await using var second = await ServerHost.BuildAsync([.. args, "--urls=http://127.0.0.1:0"], TimeProvider.System);
        var values = new FirstStartValues();
        (await second.Services.GetRequiredService<FirstStart>().RunAsync(values, CancellationToken.None)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true, "is missing")]
    [InlineData(false, "is not the one that this database was filled under")]
    public async Task MasterKey_LostOrAnother_StopsTheStart(bool lost, string sentence)
    {
        using var folder = new TemporaryFolder();
        string[] args = [$"--ConnectionStrings:Pushbell=Data Source={folder.Path}/pushbell.db", "--urls=http://127.0.0.1:0"];
        await using (var server = await ServerHost.BuildAsync(args, TimeProvider.System))
        {
            await server.StartAsync();
            await server.StopAsync();
        }

        var file = Path.Combine(folder.Path, "master.key");
        File.Delete(file);
        if (!lost)
        {
            await File.WriteAllTextAsync(file, Convert.ToBase64String(new byte[32]));
        }

        var start = () => ServerHost.BuildAsync(args, TimeProvider.System);

        (await Should.ThrowAsync<UnusableDatabaseException>(start)).Message.ShouldContain(sentence);
    }

    [Fact]
    public async Task Worker_ServesNothingButItsHealth()
    {
        using var folder = new TemporaryFolder();
        await using var worker = await ServerHost.BuildAsync(
            [$"--ConnectionStrings:Pushbell=Data Source={folder.Path}/pushbell.db", "--urls=http://127.0.0.1:0", "--Pushbell:Role=worker"],
            TimeProvider.System
        );
        await worker.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(worker.Urls.First()) };

        (await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldBe("ready");
        (await http.GetAsync(new Uri("/v2/push/quota", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await worker.StopAsync();
    }

    [Fact]
    public async Task Health_OnceTheProcessDrains_IsLiveButNotReady()
    {
        await using var server = await RunningServer.StartAsync();
        (await server.Http.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldBe("ready");
        var check = server.Services.GetRequiredService<ReadyCheck>();

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await check.IsReadyAsync(CancellationToken.None)).ShouldBeFalse();
    }
}
