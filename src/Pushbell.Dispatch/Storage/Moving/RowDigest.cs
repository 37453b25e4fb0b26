using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pushbell.Dispatch.Storage.Moving;

/// <summary>Number and SHA-256 of a table's rows in key order. Every value goes in with its kind and length, so that no two contents are alike.</summary>
internal sealed class RowDigest : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] head = new byte[1 + sizeof(long)];

    public long Rows { get; private set; }

    public void Add(IReadOnlyList<object?> row)
    {
        Rows++;
        foreach (var value in row)
        {
            switch (value)
            {
                case null:
                    Add('0', 0, []);
                    break;
                case string text:
                    var bytes = Encoding.UTF8.GetBytes(text);
                    Add('t', bytes.Length, bytes);
                    break;
                case byte[] blob:
                    Add('b', blob.Length, blob);
                    break;
                default:
                    Add('i', Convert.ToInt64(value, null), []);
                    break;
            }
        }
    }

    public TableSum Sum() => new(Rows, Convert.ToHexStringLower(hash.GetHashAndReset()));

    public void Dispose() => hash.Dispose();

    private void Add(char kind, long number, ReadOnlySpan<byte> content)
    {
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(1), number);
        hash.AppendData(head);
        hash.AppendData(content);
    }
}

/// <summary>What a table holds.</summary>
public sealed record TableSum(long Rows, string Sha256);
