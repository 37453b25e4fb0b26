using System.Collections.Concurrent;
using System.Globalization;

namespace Pushbell.Server.Hosting.Pwa;

/// <summary>The icon of a service that has none: a bell on its theme color, filling the square so that any mask fits.</summary>
internal sealed class BellIcon
{
    private const int DefaultSize = 512, Samples = 3, KeptAtMost = 256;
    private static readonly int[] Sizes = [180, 192, DefaultSize];
    private readonly ConcurrentDictionary<(string Color, int Size), byte[]> drawn = new();

    public static string Svg(string color) =>
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
        <rect width="100" height="100" fill="{color}"/>
        <g fill="{Hex(GlyphOn(Parse(color)))}">
        <circle cx="50" cy="24" r="3.5"/>
        <path d="M33 43a17 17 0 0 1 34 0l3 19H30z"/>
        <rect x="25" y="62" width="50" height="6" rx="3"/>
        <path d="M44 71h12a6 6 0 0 1-12 0z"/>
        </g>
        </svg>

        """;

    /// <param name="color"><c>#rrggbb</c>.</param>
    /// <param name="size">180, 192 or 512 pixels; anything else is 512.</param>
    public byte[] Png(string color, string? size)
    {
        var pixels = int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && Sizes.Contains(wanted) ? wanted : DefaultSize;
        if (drawn.Count >= KeptAtMost)
        {
            drawn.Clear();
        }

        return drawn.GetOrAdd((color, pixels), static key => Draw(key.Color, key.Size));
    }

    private static byte[] Draw(string color, int size)
    {
        var ground = Parse(color);
        var glyph = GlyphOn(ground);
        var rgb = new byte[size * size * 3];
        for (var at = 0; at < size * size; at++)
        {
            var share = Coverage(at % size, at / size, size);
            for (var channel = 0; channel < 3; channel++)
            {
                rgb[(at * 3) + channel] = (byte)Math.Round(ground[channel] + ((glyph[channel] - ground[channel]) * share));
            }
        }

        return PngFile.Create(rgb, size);
    }

    /// <summary>How much of a pixel the bell covers: a few points of it are asked, so that edges come out smooth.</summary>
    private static double Coverage(int column, int row, int size)
    {
        var hits = 0;
        for (var sample = 0; sample < Samples * Samples; sample++)
        {
            var x = (column + ((sample % Samples) + 0.5) / Samples) * 100 / size;
            var y = (row + ((sample / Samples) + 0.5) / Samples) * 100 / size;
            hits += IsBell(x, y) ? 1 : 0;
        }

        return (double)hits / (Samples * Samples);
    }

    /// <summary>The same shapes as in the SVG, in its units.</summary>
    private static bool IsBell(double x, double y)
    {
        var side = Math.Abs(x - 50);
        return Within(x, y, 50, 24, 3.5)
            || (y <= 43 && Within(x, y, 50, 43, 17))
            || (y is > 43 and <= 62 && side <= 17 + (3 * (y - 43) / 19))
            || (y is > 62 and <= 68 && (side <= 22 || Within(side, y, 22, 65, 3)))
            || (y > 71 && Within(x, y, 50, 71, 6));
    }

    private static bool Within(double x, double y, double centerX, double centerY, double radius) =>
        ((x - centerX) * (x - centerX)) + ((y - centerY) * (y - centerY)) <= radius * radius;

    /// <summary>White on dark, nearly black on light (relative luminance, WCAG 2.2).</summary>
    private static byte[] GlyphOn(byte[] ground)
    {
        var luminance = (0.2126 * Linear(ground[0])) + (0.7152 * Linear(ground[1])) + (0.0722 * Linear(ground[2]));
        return luminance > 0.36 ? [0x1a, 0x1a, 0x1a] : [0xff, 0xff, 0xff];
    }

    private static double Linear(byte channel) =>
        channel <= 10 ? channel / 255.0 / 12.92 : Math.Pow(((channel / 255.0) + 0.055) / 1.055, 2.4);

    private static byte[] Parse(string color) => Convert.FromHexString(color.AsSpan(1));

    private static string Hex(byte[] color) => "#" + Convert.ToHexStringLower(color);
}
