using System.Security.Cryptography;
using Pushbell.Dispatch.Storage;
using Pushbell.Server.Hosting;
using Pushbell.Server.Tests.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Nodes;

public sealed class StartTests
{
    [Fact]
    public async Task ThreeAtOnce_OnAnEmptyDatabase_FillItOnce_AndAllAnswer()
    {
        await using var nodes = await NodeSet.StartOnAsync(await TestDatabase.CreateEmptyAsync(), 0);

        await nodes.AddAtOnceAsync(3);

        foreach (var table in new[] { "organization", "service", "member", "account", "vapid_key" })
        {
            (await nodes.First.ValueAsync<int>($"SELECT count(*) FROM {table}")).ShouldBe(1, table);
        }

        (await nodes.First.ValueAsync<int>("SELECT count(*) FROM api_key")).ShouldBe(3);
        nodes.All.Select(node => node.Database.NodeNumber).Distinct().Count().ShouldBe(3);
        var ann = await nodes.Node(1).RegisterAsync();
        foreach (var request in Enumerable.Range(0, 3))
        {
            (await nodes.Node(request).Http.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldBe("ready");
            (await nodes.Api(request).SendAsync([ann])).Number("successful_sends").ShouldBe(1);
        }
    }

    [Fact]
    public async Task AnotherMasterKey_IsRefused_AndSaysSo()
    {
        await using var nodes = await NodeSet.StartAsync();
        var other = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        var refusal = await Should.ThrowAsync<UnusableDatabaseException>(() => nodes.AddAsync(("Pushbell:MasterKey", other)));

        refusal.Message.ShouldStartWith("The master key is not the one that this database was filled under.");
    }

    [Fact]
    public async Task NoMasterKey_IsRefused_AndSaysWhy()
    {
        await using var storage = await TestDatabase.CreateEmptyAsync();

        var refusal = await Should.ThrowAsync<BadSettingException>(() =>
            ServerHost.BuildAsync([$"--ConnectionStrings:Pushbell={storage.ConnectionString}"], TimeProvider.System)
        );

        refusal.Message.ShouldStartWith("Pushbell:MasterKey is missing. On PostgreSQL every node needs the same one");
    }
}
