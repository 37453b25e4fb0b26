/** A colour by how it looks (OKLCH): lightness 0…1, chroma 0…≈0.37, hue in degrees. */
export interface Colour {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

type Triple = readonly [number, number, number];

/** Reads `#rgb` and `#rrggbb`; `undefined` for anything else. */
export function parse(hex: string | undefined): Colour | undefined {
  const digits = /^#(?:([0-9a-f]{6})|([0-9a-f]{3}))$/i.exec(hex?.trim() ?? "");
  const six = digits?.[1] ?? digits?.[2]?.replace(/./g, "$&$&");
  if (!six) return undefined;
  const [r, g, b] = [0, 2, 4].map(at => toLinear(parseInt(six.slice(at, at + 2), 16) / 255)) as unknown as Triple;
  return fromLinear([r, g, b]);
}

/** As `#rrggbb`; what no screen can show loses colourfulness until one can. */
export function format(colour: Colour): string {
  const bytes = displayable(colour).map(part => Math.round(toGamma(Math.min(1, Math.max(0, part))) * 255));
  return `#${bytes.map(byte => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** WCAG's contrast ratio of two colours as they are displayed, 1…21. */
export function contrast(one: Colour, other: Colour): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Colour): number {
  const hex = format(colour); // What counts is the colour after rounding.
  const [r, g, b] = [1, 3, 5].map(at => toLinear(parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Triple;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function displayable(colour: Colour): Triple {
  for (let c = colour.c; c > 0; c -= 0.004) {
    const linear = toLinearRgb({ ...colour, c });
    if (linear.every(part => part > -0.0005 && part < 1.0005)) return linear;
  }
  return toLinearRgb({ ...colour, c: 0 });
}

/** Björn Ottosson's OKLab, both ways (https://bottosson.github.io/posts/oklab/). */
function fromLinear([r, g, b]: Triple): Colour {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: (Math.atan2(bb, a) * 180) / Math.PI,
  };
}

function toLinearRgb({ l: lightness, c, h }: Colour): Triple {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function toLinear(gamma: number): number {
  return gamma <= 0.04045 ? gamma / 12.92 : ((gamma + 0.055) / 1.055) ** 2.4;
}

function toGamma(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
}
