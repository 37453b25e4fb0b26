using Pushbell.Dispatch.Organizations;
using Pushbell.Dispatch.Tests.Fixtures;

namespace Pushbell.Dispatch.Tests.Organizations;

public sealed class KeyRingTests : IAsyncLifetime
{
    private TestDispatch dispatch = null!;
    private string key = "";

    public async ValueTask InitializeAsync()
    {
        dispatch = await TestDispatch.StartAsync();
        key = ApiKey.Generate(KeyKind.Restricted);
        await AddAsync(key, "send registrations:read", isService: true);
    }

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    [Fact]
    public async Task Find_KnownKey_IsItsCaller()
    {
        var caller = (await FindAsync(key)).ShouldNotBeNull();

        caller.OrganizationId.ShouldBe(dispatch.Caller.OrganizationId);
        caller.ServiceId.ShouldBe(dispatch.Caller.ServiceId);
        caller.Kind.ShouldBe(KeyKind.Restricted);
        caller.IsService.ShouldBeTrue();
        caller.ServiceIsOn.ShouldBeTrue();
        caller.Allows("send").ShouldBeTrue();
        caller.Allows("registrations").ShouldBeFalse();
    }

    [Fact]
    public async Task Find_UnknownKey_IsNobody() => (await FindAsync(ApiKey.Generate(KeyKind.Restricted))).ShouldBeNull();

    [Fact]
    public async Task Find_RevokedKey_IsNobodyAtOnce()
    {
        (await FindAsync(key)).ShouldNotBeNull();

        await dispatch.ExecuteAsync("UPDATE api_key SET revoked_at = 1 WHERE hash = @hash", new { hash = ApiKey.Hash(key) });

        (await FindAsync(key)).ShouldBeNull();
    }

    [Theory]
    [InlineData("is_active")]
    [InlineData("notifications_enabled")]
    public async Task Find_ServiceSwitchedOff_SaysSo(string column)
    {
        await dispatch.ExecuteAsync($"UPDATE service SET {column} = 0");

        (await FindAsync(key))!.ServiceIsOn.ShouldBeFalse();
    }

    [Fact]
    public async Task Find_AgainAndAgain_NotesTheUseOnceAMinute()
    {
        var start = dispatch.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        (await LastUsedAsync()).ShouldBeNull();

        await FindAsync(key);
        (await LastUsedAsync()).ShouldBe(start);

        dispatch.Clock.Advance(TimeSpan.FromSeconds(60));
        await FindAsync(key);
        (await LastUsedAsync()).ShouldBe(start);

        dispatch.Clock.Advance(TimeSpan.FromSeconds(1));
        await FindAsync(key);
        (await LastUsedAsync()).ShouldBe(start + 61_000);
    }

    [Fact]
    public async Task Add_Key_StoresNothingThatWouldGiveItAway()
    {
        var stored = await dispatch.ValueAsync<string>(
            "SELECT hash || '|' || name || '|' || hint FROM api_key WHERE hash = @hash",
            new { hash = ApiKey.Hash(key) }
        );

        stored!.ShouldEndWith($"|test|{key[^4..]}");
        stored.ShouldNotContain(key[..^4]);
    }

    private Task<Caller?> FindAsync(string text) => dispatch.Node.Keys.FindAsync(text, CancellationToken.None);

    private Task<long?> LastUsedAsync() =>
        dispatch.ValueAsync<long?>("SELECT last_used_at FROM api_key WHERE hash = @hash", new { hash = ApiKey.Hash(key) });

    private Task<long> AddAsync(string text, string scopes, bool isService) =>
        dispatch.Database.WriteAsync(
            session =>
                dispatch.Node.Keys.AddAsync(
                    session,
                    new NewKey(
                        dispatch.Caller.OrganizationId,
                        dispatch.Caller.ServiceId,
                        KeyKind.Restricted,
                        text,
                        "test",
                        scopes,
                        isService
                    )
                ),
            CancellationToken.None
        );
}
