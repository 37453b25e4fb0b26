using System.Security.Cryptography;

namespace Pushbell.WebPush;

/// <summary>Chooses who computes: libcrypto only after it has proved itself in this process.</summary>
/// <param name="Libcrypto">What loaded and gave the example of RFC 8291.</param>
/// <param name="Problem">Otherwise why not.</param>
internal sealed record PrimitivesChoice(IPrimitives? Libcrypto, string? Problem)
{
    private static readonly Lazy<PrimitivesChoice> OfThisProcess = new(static () =>
        Check(static () => new LibcryptoPrimitives(new LibcryptoFunctions(LibcryptoFunctions.SystemLibrary)))
    );

    /// <exception cref="PlatformNotSupportedException">libcrypto was demanded, and cannot be used; the message says why.</exception>
    public static IPrimitives For(EncryptionPath path) => path == EncryptionPath.Bcl ? new BclPrimitives() : OfThisProcess.Value.Choose(path);

    /// <summary>Loads and tries out.</summary>
    public static PrimitivesChoice Check(Func<IPrimitives> load)
    {
        try
        {
            var primitives = load();
            return ExampleOfRfc8291.IsGivenBy(primitives)
                ? new PrimitivesChoice(primitives, Problem: null)
                : new PrimitivesChoice(Libcrypto: null, $"{primitives.Name} does not give the example of RFC 8291");
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException or CryptographicException)
        {
            return new PrimitivesChoice(Libcrypto: null, fault.Message);
        }
    }

    public IPrimitives Choose(EncryptionPath path) =>
        Libcrypto
        ?? (
            path == EncryptionPath.Automatic
                ? new BclPrimitives(Problem)
                : throw new PlatformNotSupportedException($"libcrypto cannot encrypt here: {Problem}.")
        );
}
