using System.Runtime.CompilerServices;

namespace Pushbell.Simulation.Scheduling;

/// <summary>What a run did: a hash of its every step, always; lines for people, when they are asked for.</summary>
internal sealed class Trace(bool keepsLines)
{
    private const ulong Prime = 1099511628211;
    private readonly List<string> lines = [];

    public ulong Hash { get; private set; } = 14695981039346656037;

    public IReadOnlyList<string> Lines => lines;

    public Func<string> Stamp { get; set; } = static () => "";

    public void Mix(long value) => Hash = (Hash ^ (ulong)value) * Prime;

    public void Say([InterpolatedStringHandlerArgument("")] Text text)
    {
        if (keepsLines)
        {
            lines.Add(Stamp() + text.ToString());
        }
    }

    /// <summary>Formats only when lines are kept.</summary>
    [InterpolatedStringHandler]
    public ref struct Text
    {
        private DefaultInterpolatedStringHandler inner;

        public Text(int literalLength, int formattedCount, Trace trace, out bool isWanted)
        {
            isWanted = trace.KeepsLines;
            inner = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
        }

        public void AppendLiteral(string text) => inner.AppendLiteral(text);

        public void AppendFormatted<T>(T value) => inner.AppendFormatted(value);

        public void AppendFormatted<T>(T value, string format) => inner.AppendFormatted(value, format);

        public override string ToString() => inner.ToStringAndClear();
    }

    private bool KeepsLines => keepsLines;
}
