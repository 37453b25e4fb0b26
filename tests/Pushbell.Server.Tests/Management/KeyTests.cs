using System.Net;
using System.Text.Json;
using Dapper;

namespace Pushbell.Server.Tests.Management;

public sealed class KeyTests
{
    [Theory]
    [InlineData("secret", "sk_", "/v2/push/quota", "X-Secret-Key")]
    [InlineData("restricted", "rk_", "/v2/push/quota", "X-Secret-Key")]
    [InlineData("publishable", "pk_", "/v2/push/registrations/config", "X-Publishable-Key")]
    public async Task Create_OfAKind_WorksUntilItIsRevokedAndIsShownOnce(string kind, string prefix, string path, string header)
    {
        await using var service = await ManagedService.StartAsync();

        var created = await service.PostAsync("/keys", new { kind, name = "job", scopes = kind == "restricted" ? new[] { "read", "read" } : [] });
        var (id, text) = (created.Text("key_id")!, created.Text("key")!);
        var accepted = await CallAsync();
        var listed = await service.GetAsync("/keys");
        var revoked = await service.Owner.DeleteAsync($"{service.Path}/keys/{id}");
        var again = await service.Owner.DeleteAsync($"{service.Path}/keys/{id}");
        var refused = await CallAsync();

        created.Status.ShouldBe(201, created.Body);
        text.ShouldStartWith(prefix);
        text.ShouldEndWith(created.Text("hint")!);
        created.Json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(kind == "restricted" ? ["read"] : []);
        (accepted, refused).ShouldBe((HttpStatusCode.OK, HttpStatusCode.Unauthorized));
        listed.Body.ShouldNotContain(text);
        var entry = listed.Json.GetProperty("keys").EnumerateArray().Last();
        (entry.GetProperty("key_id").GetString(), entry.GetProperty("kind").GetString(), entry.GetProperty("name").GetString()).ShouldBe((id, kind, "job"));
        entry.GetProperty("last_used_at").ValueKind.ShouldBe(JsonValueKind.String);
        revoked.Json.GetProperty("revoked_at").ValueKind.ShouldBe(JsonValueKind.String);
        again.Body.ShouldBe(revoked.Body);
        (await service.AuditedAsync("key.create")).ShouldBe([(id, $"{kind} …{text[^4..]} “job”")]);
        (await service.AuditedAsync("key.revoke")).ShouldHaveSingleItem("the second time changed nothing").Subject.ShouldBe(id);

        async Task<HttpStatusCode> CallAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add(header, text);
            using var response = await service.Server.Http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Create_WhoseAuditEntryCannotBeWritten_StillShowsTheKey()
    {
        await using var service = await ManagedService.StartAsync();
        await using (var connection = await service.Server.Storage.ConnectAsync())
        {
            await connection.ExecuteAsync("ALTER TABLE audit_entry RENAME TO audit_entry_away");
        }

        var created = await service.PostAsync("/keys", new { kind = "secret", name = "job" });

        created.Status.ShouldBe(201, created.Body);
        created.Text("key")!.ShouldStartWith("sk_");
    }
}
