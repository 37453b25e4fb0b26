using Pushbell.Testing;
using Pushbell.WebPush.Tests.PushServices;

namespace Pushbell.WebPush.Tests.Profiles;

public sealed class PushAnswerTests
{
    [Fact]
    public async Task Read_BodyHangsUntilTimeIsUp_KeepsStatusAndWhatHasArrived()
    {
        await using var raw = new RawPushService(
            async (socket, stop) =>
            {
                await RawPushService.AnswerAsync(socket, "HTTP/1.1 410 Gone\r\nContent-Length: 4000\r\n\r\nUnregistered", stop);
                await RawPushService.HangAsync(stop);
            }
        );
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, raw.Origin);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        using var timeUp = new CancellationTokenSource();

        var reading = PushAnswer.ReadAsync(response, new Uri(raw.Origin), new ManualTimeProvider(), timeUp.Token);
        reading.IsCompleted.ShouldBeFalse();
        await timeUp.CancelAsync();
        var answer = await reading;

        answer.StatusCode.ShouldBe(410);
        "Unregistered".ShouldStartWith(answer.Body);
        PushServiceProfile.Generic.Read(answer).Result.ShouldBe(DeliveryResult.Gone);
    }
}
