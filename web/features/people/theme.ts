import * as z from 'zod/mini';

/** The themes; `system` follows the operating system. */
export const ThemeChoice = z.enum(['light', 'dark', 'system']);
export type ThemeChoice = z.infer<typeof ThemeChoice>;

/** `web/public/first-paint.js` reads it before the first paint. */
const NAME = 'edgewise.theme';

/** The stored theme. */
export function readTheme(): ThemeChoice {
  try {
    const stored = ThemeChoice.safeParse(localStorage.getItem(NAME));
    return stored.success ? stored.data : 'system';
  } catch {
    return 'system';
  }
}

/** Applies a theme at once and stores it. */
export function chooseTheme(choice: ThemeChoice): void {
  const root = document.documentElement;
  if (choice === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = choice;
  try {
    if (choice === 'system') localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, choice);
  } catch (error) {
    console.warn('The theme could not be kept:', error);
  }
}
