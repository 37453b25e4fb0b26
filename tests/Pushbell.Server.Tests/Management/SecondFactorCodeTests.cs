using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

/// <summary>How far the clock of a phone may be off; each case has an account of its own.</summary>
public sealed class SecondFactorCodeTests(SecondFactorCodeTests.Setting setting) : IClassFixture<SecondFactorCodeTests.Setting>
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(-2, false)]
    [InlineData(2, false)]
    public async Task Code_OfAStepAside_IsGood_AndNoneFurther(int steps, bool isGood)
    {
        var email = $"steps{steps}@example.com";
        using var account = await setting.Service.Managed.JoinAsync(email, "viewer");
        var app = await Authenticator.SetUpAsync(account, setting.Clock);
        setting.Clock.Advance(Step * 10);
        using var other = Manage.Nobody(setting.Service.Server);

        var reply = await other.SignInAsync(email, ManagedServer.Password, app.CodeAt(steps));

        reply.Status.ShouldBe(isGood ? 200 : 401, reply.Body);
    }

    public sealed class Setting : SharedService
    {
        public ManualTimeProvider Clock { get; } = new();

        private protected override Task<ManagedService> StartAsync() => ManagedService.StartAsync(Clock);
    }
}
