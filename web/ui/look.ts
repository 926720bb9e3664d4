import * as z from 'zod/mini';

/** The themes; `system` follows the operating system. */
export const ThemeChoice = z.enum(['system', 'light', 'dark']);
export type ThemeChoice = z.infer<typeof ThemeChoice>;

/** How close messages stand to each other. */
export const DensityChoice = z.enum(['comfortable', 'compact']);
export type DensityChoice = z.infer<typeof DensityChoice>;

/**
 * What the page looks like: by the name that each choice has as an attribute of the root and in the browser's storage.
 * `web/public/first-paint.js` sets the attributes before the first paint. The usual choice is stored nowhere.
 */
const LOOKS = {
  theme: { choices: ThemeChoice, usual: 'system' },
  density: { choices: DensityChoice, usual: 'comfortable' },
} as const;

/** The stored theme. */
export function readTheme(): ThemeChoice {
  const choice = LOOKS.theme.choices.safeParse(stored('theme'));
  return choice.success ? choice.data : LOOKS.theme.usual;
}

/** The stored density. */
export function readDensity(): DensityChoice {
  const choice = LOOKS.density.choices.safeParse(stored('density'));
  return choice.success ? choice.data : LOOKS.density.usual;
}

/** Applies a theme at once and stores it. */
export function chooseTheme(choice: ThemeChoice): void {
  choose('theme', choice);
}

/** Applies a density at once and stores it. */
export function chooseDensity(choice: DensityChoice): void {
  choose('density', choice);
}

function stored(look: keyof typeof LOOKS): string | null {
  try {
    return localStorage.getItem(`edgewise.${look}`);
  } catch {
    // Some private windows refuse storage.
    return null;
  }
}

function choose(look: keyof typeof LOOKS, choice: string): void {
  const isUsual = choice === LOOKS[look].usual;
  const { dataset } = document.documentElement;
  if (isUsual) delete dataset[look];
  else dataset[look] = choice;
  try {
    if (isUsual) localStorage.removeItem(`edgewise.${look}`);
    else localStorage.setItem(`edgewise.${look}`, choice);
  } catch (error) {
    console.warn('The look could not be kept:', error);
  }
}
