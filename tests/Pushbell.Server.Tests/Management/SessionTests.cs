using System.Net;
using Pushbell.Server.Tests.V2.Stories;
using Pushbell.Testing;

namespace Pushbell.Server.Tests.Management;

public sealed class SessionTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Cookie_OverHttp_IsHttpOnlyStrictAndForEveryPath()
    {
        await using var server = await ManagedServer.StartServerAsync(clock);
        using var manage = Manage.Nobody(server);

        var cookie = (await manage.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password)).Header("Set-Cookie")!;

        cookie.ShouldStartWith("pushbell=st_");
        cookie.ShouldEndWith("; max-age=7776000; path=/; samesite=strict; httponly");
    }

    [Fact]
    public async Task Cookie_OverHttps_IsSecureAndBoundToTheHost()
    {
        await using var server = await ManagedServer.StartServerAsync(clock, ("Pushbell:TrustedProxies:0", "127.0.0.1"), ("Pushbell:PublicUrl", "https://push.example.com"));
        using var manage = Manage.Nobody(server);
        var proxied = ("X-Forwarded-Proto", (string?)"https");
        var credentials = new { email = ManagedServer.OwnerEmail, password = ManagedServer.Password };

        var reply = await manage.CallAsync(HttpMethod.Post, "/session", credentials, proxied, ("Origin", "https://push.example.com"));

        reply.Status.ShouldBe(200, reply.Body);
        var cookie = reply.Header("Set-Cookie")!;
        cookie.ShouldStartWith("__Host-pushbell=st_");
        cookie.ShouldEndWith("; max-age=7776000; path=/; secure; samesite=strict; httponly");
        var token = cookie.Split('=', ';')[1];
        (await manage.CallAsync(HttpMethod.Get, "/session", body: null, proxied, ("Cookie", $"__Host-pushbell={token}"))).Status.ShouldBe(200);
        // What any page of a sister domain could set is not looked at.
        (await manage.CallAsync(HttpMethod.Get, "/session", body: null, proxied, ("Cookie", $"pushbell={token}"))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Change_WithoutTheToken_OrFromAnotherOrigin_IsRefused()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        var (owner, name) = (managed.Owner, new { name = "Renamed" });
        var own = managed.Server.Url.GetLeftPart(UriPartial.Authority);
        Task<Reply> RenameAsync(params (string, string?)[] headers) => owner.CallAsync(HttpMethod.Patch, managed.Organization, name, headers);

        (await RenameAsync(("X-Csrf-Token", null))).ShouldRefuse(403, "FORBIDDEN", "X-Csrf-Token");
        (await RenameAsync(("X-Csrf-Token", owner.CsrfToken + "x"))).ShouldRefuse(403, "FORBIDDEN", "X-Csrf-Token");
        (await RenameAsync(("Origin", "https://evil.example"))).ShouldRefuse(403, "FORBIDDEN", "Pushbell:PublicUrl");
        (await RenameAsync(("Origin", "null"))).ShouldRefuse(403, "FORBIDDEN");
        (await RenameAsync(("Host", "push.example.com"), ("Origin", "https://push.example.com"))).ShouldRefuse(403, "FORBIDDEN", "Pushbell:PublicUrl");
        (await owner.GetAsync(managed.Organization)).Text("name").ShouldBe("My Organization");

        (await RenameAsync(("Origin", own))).Status.ShouldBe(200);
        (await RenameAsync(("Host", "push.example.com"), ("Origin", "http://push.example.com"))).Status.ShouldBe(200);
        (await RenameAsync()).Status.ShouldBe(200);
        (await owner.CallAsync(HttpMethod.Get, managed.Organization, body: null, ("X-Csrf-Token", null))).Text("name").ShouldBe("Renamed");
    }

    [Fact]
    public async Task Session_NotUsedForTwoWeeks_HasLapsed_AndOneInUseGoesOn()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        using var idle = await Manage.SignedInAsync(managed.Server, ManagedServer.OwnerEmail, ManagedServer.Password);

        clock.Advance(TimeSpan.FromDays(13));
        (await managed.Owner.GetAsync("/session")).Status.ShouldBe(200);
        clock.Advance(TimeSpan.FromDays(1));

        (await idle.GetAsync("/session")).ShouldRefuse(401, "UNAUTHORIZED", "Sign in first");
        (await managed.Owner.GetAsync("/session")).Status.ShouldBe(200);
        (await managed.Owner.GetAsync("/session/all")).Json.GetProperty("sessions").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Session_HoweverBusy_EndsAfterNinetyDays()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        for (var day = 0; day < 89; day += 10)
        {
            (await managed.Owner.GetAsync("/session")).Status.ShouldBe(200, $"day {day}");
            clock.Advance(TimeSpan.FromDays(10));
        }

        (await managed.Owner.GetAsync("/session")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Sessions_AreListed_AndEndedOneByOne()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        clock.Advance(TimeSpan.FromHours(1));
        using var other = Manage.Nobody(managed.Server);
        await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password);

        var sessions = (await managed.Owner.GetAsync("/session/all")).Json.GetProperty("sessions").EnumerateArray().ToArray();
        sessions.Length.ShouldBe(2);
        sessions.Select(session => session.GetProperty("is_current").GetBoolean()).ShouldBe([false, true]);
        sessions.ShouldAllBe(session => session.GetProperty("address").GetString() == IPAddress.Loopback.ToString());
        sessions[0].GetProperty("created_at").GetString().ShouldBe("2026-01-15T15:30:00Z");

        var id = sessions[0].GetProperty("session_id").GetString();
        (await managed.Owner.DeleteAsync($"/session/all/{id}")).Status.ShouldBe(204);
        (await managed.Owner.DeleteAsync($"/session/all/{id}")).ShouldRefuse(404, "NOT_FOUND", "There is no session");
        (await other.GetAsync("/session")).Status.ShouldBe(401);
        (await managed.Owner.GetAsync("/session")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task SignOut_EndsTheSession_AndClearsTheCookie()
    {
        await using var managed = await ManagedServer.StartAsync(clock);

        var reply = await managed.Owner.DeleteAsync("/session");

        reply.Status.ShouldBe(204);
        reply.Header("Set-Cookie")!.ShouldStartWith("pushbell=; max-age=0;");
        (await managed.Owner.GetAsync("/session")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task AnotherPassword_EndsAllOtherSessions()
    {
        await using var managed = await ManagedServer.StartAsync(clock);
        using var other = await Manage.SignedInAsync(managed.Server, ManagedServer.OwnerEmail, ManagedServer.Password);
        Task<Reply> ChangeAsync(string current, string password) => managed.Owner.PutAsync("/account/password", new { current, password });

        (await ChangeAsync("wrong horse battery", "staple correct horse")).ShouldRefuse(400, "INVALID_REQUEST", "not your present password");
        (await ChangeAsync(ManagedServer.Password, "too short")).ShouldRefuse(400, "INVALID_REQUEST", "at least 12 characters");
        (await ChangeAsync(ManagedServer.Password, " OWNER@example.com")).ShouldRefuse(400, "INVALID_REQUEST", "must not be the email");
        (await other.GetAsync("/session")).Status.ShouldBe(200);

        (await ChangeAsync(ManagedServer.Password, "staple correct horse")).Status.ShouldBe(204);
        (await managed.Owner.GetAsync("/session")).Status.ShouldBe(200);
        (await other.GetAsync("/session")).Status.ShouldBe(401);
        (await other.SignInAsync(ManagedServer.OwnerEmail, ManagedServer.Password)).Status.ShouldBe(401);
        (await other.SignInAsync(ManagedServer.OwnerEmail, "staple correct horse")).Status.ShouldBe(200);
    }
}
