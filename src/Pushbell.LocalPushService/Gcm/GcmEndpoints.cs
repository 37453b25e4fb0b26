using System.Security.Cryptography;
using Pushbell.LocalPushService.Gcm.Protobuf;

namespace Pushbell.LocalPushService.Gcm;

/// <summary>The two HTTP services that Chromium asks before it opens its message connection.</summary>
internal sealed class GcmEndpoints(ChromiumBrowsers browsers, TimeProvider clock)
{
    private const int LargestCheckIn = 64 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/checkin", CheckInAsync);
        routes.MapPost("/register", RegisterAsync);
    }

    /// <summary>Gives a profile its Android id and security token; one that has them keeps them.</summary>
    private async Task CheckInAsync(HttpContext context)
    {
        if (await ReadCheckInAsync(context.Request) is not { } request)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var answer = new ProtobufWriter()
            .Number(CheckInField.StatsOk, 1)
            .Number(CheckInField.TimeMilliseconds, clock.GetUtcNow().ToUnixTimeMilliseconds())
            .Number(CheckInField.MarketOk, 0)
            .Fixed64(CheckInField.AndroidId, Known(request.Number(CheckInField.RequestedAndroidId)) ?? NewId())
            .Fixed64(CheckInField.SecurityToken, Known(request.Number(CheckInField.RequestedSecurityToken)) ?? NewId());
        context.Response.ContentType = "application/x-protobuf";
        await context.Response.BodyWriter.WriteAsync(answer.Written, context.RequestAborted);
    }

    /// <summary>Makes or ends a subscription. Errors are words in a 200, as from the service it stands in for.</summary>
    private async Task RegisterAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await context.Response.WriteAsync(Register(form), context.RequestAborted);
    }

    private string Register(IFormCollection form)
    {
        if (form["app"] is not [{ } app] || form["device"] is not [{ } androidId] || form["X-subtype"] is not [{ } subtype])
            return "Error=INVALID_PARAMETERS";

        var browser = browsers[androidId];
        if (form["delete"] == "true")
        {
            browser.Unregister(subtype);
            return $"token={app}";
        }

        return form["sender"] is [{ } sender]
            ? $"token={browser.Register(new Registration(app, sender, subtype)).Token}"
            : "Error=INVALID_SENDER";
    }

    private static async Task<ProtobufMessage?> ReadCheckInAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        try
        {
            return body.Length <= LargestCheckIn ? ProtobufMessage.Parse(body.ToArray()) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static ulong? Known(ulong? id) => id is > 0 ? id : null;

    /// <summary>Positive as a signed number too: Chromium writes it in decimal at login.</summary>
    private static ulong NewId() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) >> 1 | 1;

    /// <summary>Field numbers of the check-in messages, of the request where it says so.</summary>
    private static class CheckInField
    {
        public const int RequestedAndroidId = 2;
        public const int RequestedSecurityToken = 13;
        public const int StatsOk = 1;
        public const int TimeMilliseconds = 3;
        public const int AndroidId = 7;
        public const int SecurityToken = 8;
        public const int MarketOk = 9;
    }
}
