using System.Text.Json;
using Pushbell.WebPush;

namespace Pushbell.Server.Tests.Management;

public sealed class ServiceTests
{
    [Fact]
    public async Task Create_InFull_IsListedAndShown()
    {
        await using var service = await ManagedService.StartAsync();
        var pair = VapidKeys.Generate();

        var created = await service.Owner.PostAsync(
            service.Organization + "/services",
            new
            {
                identifier = "second-app",
                contact_email = "push@example.org",
                allowed_origins = new[] { "https://b.example.com" },
                vapid_private_key = Text(pair.ExportPrivateKey()),
                icon = "https://b.example.com/icon.png",
            }
        );

        created.Status.ShouldBe(201, created.Body);
        var id = created.Text("service_id");
        (created.Text("name"), created.Text("identity_mode"), created.Text("vapid_public_key")).ShouldBe(("Second App", "off", pair.PublicKey));
        created.Text("pwa_url").ShouldBe($"{service.Server.Url.GetLeftPart(UriPartial.Authority)}/pwa/second-app/");
        created.Json.GetProperty("has_placeholder_contact").GetBoolean().ShouldBeFalse();
        created.Json.GetProperty("allowed_origins").EnumerateArray().Select(origin => origin.GetString()).ShouldBe(["https://b.example.com"]);
        created.Body.ShouldNotContain(Text(pair.ExportPrivateKey()));
        (await service.Owner.GetAsync($"{service.Organization}/services/{id}")).Body.ShouldBe(created.Body);
        var listed = (await service.Owner.GetAsync(service.Organization + "/services")).Json.GetProperty("services");
        (listed.GetArrayLength(), listed[1].GetRawText()).ShouldBe((2, created.Body));
        (await service.AuditedAsync("service.create")).ShouldBe([(id, "second-app")]);
    }

    [Fact]
    public async Task Change_OfEachField_HoldsAndTheRestStays()
    {
        await using var service = await ManagedService.StartAsync(clock: null, ("Pushbell:PublicUrl", "https://push.example.com"));
        (string Name, object Value)[] changes =
        [
            ("name", "Renamed"),
            ("contact_email", "new@example.org"),
            ("icon", "https://a.example.com/i.png"),
            ("is_active", false),
            ("notifications_enabled", false),
            ("allowed_origins", new[] { "https://a.example.com", "https://b.example.com" }),
            ("theme_color", "#112233"),
            ("background_color", "#445566"),
            ("click_links", true),
        ];
        var expected = (await service.GetAsync("")).Json.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetRawText());
        foreach (var (name, value) in changes)
        {
            expected[name] = JsonSerializer.Serialize(value);

            var changed = await service.Owner.PatchAsync(service.Path, new Dictionary<string, object> { [name] = value });

            changed.Json.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetRawText()).ShouldBe(expected, name);
        }

        (await service.Owner.PatchAsync(service.Path, new Dictionary<string, object?> { ["icon"] = null })).Text("icon").ShouldBeNull();
        (await service.AuditedAsync("service.change")).Select(entry => entry.Detail).ShouldBe(["icon", .. changes.Reverse().Select(change => change.Name)]);
    }

    [Fact]
    public async Task IdentityKey_SetUsedAndTakenAway_IsNeverShown()
    {
        await using var service = await ManagedService.StartAsync();
        const string secret = "0123456789abcdef0123456789abcdef";

        (await SetKeyAsync("short")).ShouldRefuse(400, "INVALID_REQUEST", "at least 32 characters");
        (await SetKeyAsync("-----BEGIN nonsense")).ShouldRefuse(400, "INVALID_REQUEST", "no PEM");
        (await service.Owner.PutAsync(service.Path + "/identity-key", new { })).ShouldRefuse(400, "INVALID_REQUEST", "key is required");
        var set = await SetKeyAsync(secret);
        set.Json.GetProperty("has_identity_key").GetBoolean().ShouldBeTrue();
        set.Body.ShouldNotContain(secret);
        (await service.Owner.PatchAsync(service.Path, new { identity_mode = "required" })).Text("identity_mode").ShouldBe("required");
        (await SetKeyAsync(null)).ShouldRefuse(409, "CONFLICT", "identity_mode to off first");
        await Should.ThrowAsync<InvalidOperationException>(() => service.Server.RegisterAsync("ann@example.com"));
        await service.Owner.PatchAsync(service.Path, new { identity_mode = "off" });
        (await SetKeyAsync(null)).Json.GetProperty("has_identity_key").GetBoolean().ShouldBeFalse();
        (await service.AuditedAsync("service.identity-key")).Select(entry => entry.Detail).ShouldBe(["taken away", "set"]);

        Task<V2.Stories.Reply> SetKeyAsync(string? key) => service.Owner.PutAsync(service.Path + "/identity-key", new { key });
    }

    [Fact]
    public async Task Vapid_RotatedAndRetired_LosesNobody()
    {
        await using var service = await ManagedService.StartAsync();
        var ann = await service.Server.RegisterAsync("ann@example.com");
        var first = (await service.GetAsync("/vapid")).Json.GetProperty("pairs")[0].GetProperty("public_key").GetString()!;

        var rotated = await service.PostAsync("/vapid", new { });
        var second = rotated.Text("public_key")!;
        (await service.Owner.DeleteAsync($"{service.Path}/vapid/{first}")).ShouldRefuse(409, "CONFLICT", "1 active registration still uses this VAPID key");
        (await service.Owner.DeleteAsync($"{service.Path}/vapid/{second}")).ShouldRefuse(409, "CONFLICT", "current VAPID key");
        (await service.Owner.DeleteAsync($"{service.Path}/vapid/unknown")).ShouldRefuse(404, "NOT_FOUND", "no VAPID key unknown");
        (await service.GetAsync("/clients/" + ann.Id)).Json.GetProperty("vapid_key_is_current").GetBoolean().ShouldBeFalse();
        await service.EndedAsync(await service.SendAsync([ann]));
        await service.Owner.DeleteAsync($"{service.Path}/clients/{ann.Id}");
        (await service.Owner.DeleteAsync($"{service.Path}/vapid/{first}")).Status.ShouldBe(204);

        rotated.Status.ShouldBe(201);
        ann.Subscription.Messages.ShouldHaveSingleItem().Headers["Authorization"].ShouldEndWith("k=" + first);
        (await service.GetAsync("/vapid"))
            .Json.GetProperty("pairs")
            .EnumerateArray()
            .Select(pair => (pair.GetProperty("public_key").GetString(), pair.GetProperty("is_current").GetBoolean(), pair.GetProperty("is_retired").GetBoolean()))
            .ShouldBe([(second, true, false), (first, false, true)]);
        (await service.AuditedAsync("vapid.rotate")).ShouldHaveSingleItem().Detail.ShouldBe("generated " + second);
        (await service.AuditedAsync("vapid.retire")).ShouldHaveSingleItem().Detail.ShouldBe(first);
    }

    [Fact]
    public async Task Vapid_BroughtAlong_IsCheckedAndNeverRepeated()
    {
        await using var service = await ManagedService.StartAsync();
        var (pair, other) = (VapidKeys.Generate(), VapidKeys.Generate());
        var secret = Text(pair.ExportPrivateKey());

        (await CheckAsync(null, secret)).ShouldBe((true, pair.PublicKey, null));
        (await CheckAsync(pair.PublicKey, secret)).ShouldBe((true, pair.PublicKey, null));
        (await CheckAsync(other.PublicKey, secret)).ShouldBe((false, pair.PublicKey, "The VAPID public key does not belong to the private key."));
        (await CheckAsync(null, "short")).ShouldBe((false, null, "The VAPID private key must be 32 bytes in base64url."));
        (await CheckAsync(null, Text(new byte[32]))).ShouldBe((false, null, "The VAPID private key is not a key on the curve P-256."));
        (await service.PostAsync("/vapid", new { private_key = "short" })).ShouldRefuse(400, "INVALID_REQUEST", "private_key");
        var imported = await service.PostAsync("/vapid", new { private_key = secret });

        (imported.Status, imported.Text("public_key"), imported.Json.GetProperty("is_current").GetBoolean()).ShouldBe((201, pair.PublicKey, true));
        imported.Body.ShouldNotContain(secret);
        (await service.AuditedAsync("vapid.rotate")).ShouldHaveSingleItem().Detail.ShouldBe("imported " + pair.PublicKey);

        async Task<(bool, string?, string?)> CheckAsync(string? publicKey, string privateKey)
        {
            var reply = await service.Owner.PostAsync("/vapid/check", new { public_key = publicKey, private_key = privateKey });
            reply.Status.ShouldBe(200, reply.Body);
            return (reply.Json.GetProperty("is_valid").GetBoolean(), reply.Text("public_key"), reply.Text("problem"));
        }
    }

    private static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
