import { type Colour, contrast, parse } from "./colour";

export type Scheme = "light" | "dark";

/** Every colour of the page; the stylesheet knows them as `--ground`, `--on-hero` and so on. */
export interface Palette {
  /** The page, what lies on it, and a tint of the service's colour. */
  readonly ground: Colour;
  readonly surface: Colour;
  readonly tint: Colour;
  /** Text on any of those three. */
  readonly ink: Colour;
  readonly muted: Colour;
  readonly accentInk: Colour;
  readonly bad: Colour;
  readonly good: Colour;
  /** Decoration, and the outline of a control. */
  readonly line: Colour;
  readonly controlLine: Colour;
  /** The button that matters, its outline, and the words on it. */
  readonly accent: Colour;
  readonly accentLine: Colour;
  readonly onAccent: Colour;
  /** The panel with the service's name, from one end to the other, and the words on it. */
  readonly hero: Colour;
  readonly heroEnd: Colour;
  readonly onHero: Colour;
}

const TEXT = 4.5;
const CONTROL = 3;
const DEFAULT_THEME: Colour = { l: 0.47, c: 0.11, h: 61 };
const WHITE: Colour = { l: 1, c: 0, h: 0 };
const BLACK: Colour = { l: 0, c: 0, h: 0 };

export function palette(theme: string | undefined, background: string | undefined, scheme: Scheme): Palette {
  const own = parse(theme) ?? DEFAULT_THEME;
  const dark = scheme === "dark";
  /** A grey with a breath of the service's hue. */
  const grey = (l: number, c = 0.012): Colour => ({ l, c: Math.min(c, own.c), h: own.h });

  const ground = ownGround(parse(background), dark) ?? grey(dark ? 0.17 : 0.975, 0.008);
  const surface = dark ? { ...ground, l: ground.l + 0.045 } : WHITE;
  const tint: Colour = { l: dark ? 0.3 : 0.945, c: Math.min(own.c, dark ? 0.05 : 0.03), h: own.h };
  const under = [ground, surface, tint];
  const readable = (colour: Colour, ratio = TEXT): Colour => until(colour, ratio, under, dark);

  const ink = readable(grey(dark ? 0.95 : 0.22));
  const accent = buttonColour(own, readable(own, CONTROL), ink, dark);
  const hero = { ...own, l: Math.min(dark ? 0.5 : 0.93, Math.max(dark ? 0.28 : 0, own.l)) };
  const onHero = wordsOn(hero);
  return {
    ground,
    surface,
    tint,
    ink,
    muted: readable(grey(dark ? 0.75 : 0.47), 5),
    accentInk: readable(own),
    bad: readable({ l: 0.5, c: 0.18, h: 27 }),
    good: readable({ l: 0.5, c: 0.13, h: 152 }),
    line: grey(dark ? 0.33 : 0.9),
    controlLine: readable(grey(dark ? 0.6 : 0.6), CONTROL),
    accent,
    accentLine: readable(accent, CONTROL),
    onAccent: wordsOn(accent),
    hero,
    // Away from the words, so that they read better at the far end than at the near one.
    heroEnd: { ...hero, l: Math.min(1, Math.max(0, hero.l + (onHero.l > 0.5 ? -0.1 : 0.05))), h: hero.h - 10 },
    onHero,
  };
}

/** The service's background where words read well on it; a light one is of no use by night, nor a dark one by day. */
function ownGround(background: Colour | undefined, dark: boolean): Colour | undefined {
  if (!background) return undefined;
  const fits = dark ? background.l < 0.25 : contrast(background, BLACK) > 15;
  return fits ? background : undefined;
}

/**
 * The service's own colour. A bright one stays itself by day, for its outline makes it stand out; a dark one is lit up by
 * night; a grey that would look switched off gives way to the colour of the text.
 */
function buttonColour(own: Colour, standingOut: Colour, ink: Colour, dark: boolean): Colour {
  if (standingOut.l === own.l) return own;
  if (own.c < 0.03) return ink;
  return dark ? standingOut : own;
}

/** White or black: one of the two always reads. White where both do, because it looks it. */
function wordsOn(colour: Colour): Colour {
  return contrast(WHITE, colour) >= TEXT ? WHITE : BLACK;
}

/** The colour nearest to this one that stands out from all of these. */
function until(colour: Colour, ratio: number, under: Colour[], lighter: boolean): Colour {
  let { l } = colour;
  const blends = () => under.some(other => contrast({ ...colour, l }, other) < ratio);
  if (lighter) while (l < 1 && blends()) l = Math.min(1, l + 0.01);
  else while (l > 0 && blends()) l = Math.max(0, l - 0.01);
  return { ...colour, l };
}
