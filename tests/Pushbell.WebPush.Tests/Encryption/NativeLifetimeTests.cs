using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Pushbell.WebPush.Tests.Encryption;

/// <summary>What is freed, and what is drawn, seen from the native side.</summary>
public sealed unsafe class NativeLifetimeTests
{
    private static readonly LibcryptoFunctions Functions = new(LibcryptoFunctions.SystemLibrary);
    private static long freed;
    private static int draws;

    [Fact]
    public void NativeObject_Forgotten_IsFreedOnce()
    {
        Forget(0x8291);

        for (var i = 0; i < 10 && freed == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        freed.ShouldBe(0x8291);
    }

    [Fact]
    public void NativeObject_NothingAllocated_Throws() => Should.Throw<CryptographicException>(static () => new NativeObject(0, &Free));

    [Fact]
    public void Take_GeneratorFails_ThrowsUntilItWorksAgain()
    {
        var pool = new RandomPool(Functions, &DrawOnlyTheSecondTime, 32);
        byte[] first = new byte[16], second = new byte[16];

        Should.Throw<CryptographicException>(() => pool.Take(first));
        pool.Take(first);
        pool.Take(second);
        Should.Throw<CryptographicException>(() => pool.Take(first));

        first.ShouldBe(Enumerable.Range(1, 16).Select(static i => (byte)i));
        second.ShouldBe(Enumerable.Range(17, 16).Select(static i => (byte)i));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(nint pointer) => _ = new NativeObject(pointer, &Free);

    [UnmanagedCallersOnly]
    private static void Free(nint pointer) => Interlocked.Add(ref freed, pointer);

    [UnmanagedCallersOnly]
    private static int DrawOnlyTheSecondTime(byte* bytes, int length)
    {
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(i + 1);
        }

        return ++draws == 2 ? 1 : 0;
    }
}
