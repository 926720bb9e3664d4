/** Letters that run from right to left, and the characters that change the direction of what follows. */
const TURNS = /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]/;

/** A name for use within a sentence that is one string, isolated so that it turns nothing around it. Elements use `<bdi>`. */
export function isolated(name: string): string {
  return TURNS.test(name) ? `\u2068${name}\u2069` : name;
}
