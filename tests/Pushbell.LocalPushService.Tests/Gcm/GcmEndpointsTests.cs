using System.Net;
using Pushbell.LocalPushService.Gcm.Protobuf;

namespace Pushbell.LocalPushService.Tests.Gcm;

public sealed class GcmEndpointsTests : LocalPushTest
{
    private const int AndroidId = 7;
    private const int SecurityToken = 8;

    [Fact]
    public async Task CheckIn_NewProfile_GetsAnIdentityOfItsOwn()
    {
        var first = await CheckInAsync(new ProtobufWriter());
        var second = await CheckInAsync(new ProtobufWriter().Number(2, 0).Fixed64(13, 0));

        first.Number(1).ShouldBe(1UL);
        first.Number(3).ShouldBe((ulong)Clock.GetUtcNow().ToUnixTimeMilliseconds());
        ((long)first.Number(AndroidId)!).ShouldBePositive();
        ((long)first.Number(SecurityToken)!).ShouldBePositive();
        second.Number(AndroidId).ShouldNotBe(first.Number(AndroidId));
    }

    [Fact]
    public async Task CheckIn_KnownProfile_KeepsItsIdentity()
    {
        var answer = await CheckInAsync(new ProtobufWriter().Number(2, 4242).Fixed64(13, 77));

        answer.Number(AndroidId).ShouldBe(4242UL);
        answer.Number(SecurityToken).ShouldBe(77UL);
    }

    [Fact]
    public async Task CheckIn_Garbage_IsABadRequest()
    {
        using var answer = await Http.PostAsync("checkin", new ByteArrayContent([0xff, 0xff]));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Register_Deleted_MakesTheEndpointsOfThatSubtypeGone()
    {
        var deleted = await RegisterAsync(("X-subtype", "wp:a"), ("sender", Sender.PublicKey));
        var kept = await RegisterAsync(("X-subtype", "wp:b"), ("sender", Sender.PublicKey));

        (await RegisterAsync(("X-subtype", "wp:a"), ("delete", "true"))).ShouldBe("token=app");

        (await PushAsync(deleted)).ShouldBe(HttpStatusCode.Gone);
        (await PushAsync(kept)).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Register_SenderIsAVapidKey_RestrictsTheSubscriptionToIt()
    {
        using var stranger = new Sending.ApplicationServer(Clock);
        var restricted = await RegisterAsync(("X-subtype", "wp:a"), ("sender", stranger.PublicKey));
        var open = await RegisterAsync(("X-subtype", "wp:b"), ("sender", "123456789012"));

        (await PushAsync(restricted)).ShouldBe(HttpStatusCode.Forbidden);
        (await PushAsync(open)).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Register_PartsMissing_IsAnErrorInWords()
    {
        (await RegisterAsync(("sender", Sender.PublicKey))).ShouldBe("Error=INVALID_PARAMETERS");
        (await RegisterAsync(("X-subtype", "wp:a"))).ShouldBe("Error=INVALID_SENDER");
    }

    private async Task<ProtobufMessage> CheckInAsync(ProtobufWriter request)
    {
        using var answer = await Http.PostAsync("checkin", new ReadOnlyMemoryContent(request.Written));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return ProtobufMessage.Parse(await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task<string> RegisterAsync(params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(new("app", "app")).Append(new("device", "1")));
        using var answer = await Http.PostAsync("register", form);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpStatusCode> PushAsync(string registered)
    {
        var endpoint = new Uri("https://fcm.googleapis.com/fcm/send/" + registered["token=".Length..]);
        using var answer = await Http.SendAsync(Sender.Push(endpoint, []));
        return answer.StatusCode;
    }
}
