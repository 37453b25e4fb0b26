using System.Text.Json.Serialization;

namespace Pushbell.LocalPushService.Faults;

/// <summary>Ways in which a push service misbehaves beyond a plain status code.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Fault>))]
public enum Fault
{
    /// <summary>The request is read, an answer never comes.</summary>
    [JsonStringEnumMemberName("hang")]
    Hang,

    /// <summary>Status and headers come, the announced body never ends.</summary>
    [JsonStringEnumMemberName("hang_in_body")]
    HangInBody,

    /// <summary>The TCP connection is cut (RST) with every request on it.</summary>
    [JsonStringEnumMemberName("reset")]
    Reset,

    /// <summary>307 to the sink, where a client that follows it is counted.</summary>
    [JsonStringEnumMemberName("redirect")]
    Redirect,

    /// <summary>One byte of body a second, for ever.</summary>
    [JsonStringEnumMemberName("drip")]
    Drip,

    /// <summary>A body that never ends, as fast as it is read.</summary>
    [JsonStringEnumMemberName("endless")]
    Endless,

    /// <summary>A small gzip body that grows to 16 MiB when decompressed.</summary>
    [JsonStringEnumMemberName("compressed")]
    Compressed,

    /// <summary>HTTP/2: RST_STREAM with REFUSED_STREAM (RFC 9113 §8.7); over HTTP/1.1 the connection is cut.</summary>
    [JsonStringEnumMemberName("refused_stream")]
    RefusedStream,

    /// <summary>An ordinary answer, then GOAWAY (HTTP/2) or <c>Connection: close</c> (HTTP/1.1).</summary>
    [JsonStringEnumMemberName("go_away")]
    GoAway,
}
