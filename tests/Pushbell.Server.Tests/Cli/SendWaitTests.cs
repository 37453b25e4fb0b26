using Pushbell.LocalPushService.Faults;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Cli;

/// <summary>What the exit code of <c>send --wait</c> says.</summary>
public sealed class SendWaitTests : IAsyncLifetime
{
    private static readonly string[] Hello = ["send", "--title", "Hello", "--body", "World"];
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync();

    private Terminal Terminal => Terminal.Beside(server);

    [Fact]
    public async Task Wait_WhenSomeAreGone_IsWellAndWhenAllAreIsNot()
    {
        var (ada, bob) = (await server.RegisterAsync("ada@example.com"), await server.RegisterAsync("bob@example.com"));
        bob.Subscription.Script(new ScriptedAnswer { Status = 410 });

        var some = await Terminal.RunAsync([.. Hello, "--registration", ada.Id, "--registration", bob.Id, "--wait"]);
        ada.Subscription.Script(new ScriptedAnswer { Status = 410 });
        var none = await Terminal.RunAsync([.. Hello, "--all", "--wait"]);
        var nobody = await Terminal.RunAsync([.. Hello, "--all", "--wait"]);

        some.ExitCode.ShouldBe(0, some.Error);
        some.Output.ShouldStartWith("Delivered.");
        some.Output.ShouldContain("1 accepted, 1 gone");
        none.ExitCode.ShouldBe(1);
        none.Output.ShouldStartWith("Nobody was reached.");
        nobody.ExitCode.ShouldBe(0, nobody.Error);
        nobody.Output.ShouldStartWith("There was nobody to send to.");
    }

    [Fact]
    public async Task Wait_WhenOneIsRejected_FailsAndSaysWhereToLook()
    {
        var (ada, bob) = (await server.RegisterAsync(), await server.RegisterAsync());
        bob.Subscription.Script(new ScriptedAnswer { Status = 400 });

        var ended = await Terminal.RunAsync([.. Hello, "--all", "--wait"]);

        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldStartWith("Ended, not everywhere well. See: pushbell notification deliveries req_");
        ended.Output.ShouldContain("1 accepted, 0 gone, 1 rejected");
        ada.Subscription.MessageCount.ShouldBe(1);
    }

    [Fact]
    public async Task Wait_IntoAFile_ShowsItsProgressOnTheErrorStream()
    {
        await server.RegisterAsync();

        var ended = await Terminal.RunAsync([.. Hello, "--all", "--wait"]);

        ended.Error.ShouldMatch("^req_[0-9a-z]{13} delivered: 0 of 1 \\(0 %\\)");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
