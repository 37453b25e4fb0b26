using System.Buffers.Text;
using System.Text.Json.Serialization;
using Pushbell.WebPush;

namespace Pushbell.Server.Cli.Services;

/// <summary>A pair that has just been made, in base64url. <see cref="PrivateKey"/> is <c>null</c> when it went into a file.</summary>
internal sealed record VapidPairAnswer(string PublicKey, string? PrivateKey)
{
    [JsonIgnore]
    public string? File { get; init; }

    /// <exception cref="IOException">The file exists already, or cannot be made.</exception>
    public static async Task<Answer> GenerateAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        var pair = VapidKeys.Generate();
        var secret = Base64Url.EncodeToString(pair.ExportPrivateKey());
        if (file is null)
        {
            return new VapidPairAnswer(pair.PublicKey, secret).ToAnswer();
        }

        await WriteAsync(file.FullName, secret, cancellationToken);
        return new VapidPairAnswer(pair.PublicKey, PrivateKey: null) { File = file.FullName }.ToAnswer();
    }

    private Answer ToAnswer() =>
        Answer.Of(
            this,
            CliJson.Default.VapidPairAnswer,
            Table.Properties(("public key", PublicKey), ("private key", PrivateKey ?? $"in {File}"))
                + $"\nTake it in: pushbell vapid import --public-key {PublicKey} --private-key-file {File ?? "FILE"}"
        );

    private static async Task WriteAsync(string path, string secret, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, options);
        await writer.WriteLineAsync(secret.AsMemory(), cancellationToken);
    }
}
