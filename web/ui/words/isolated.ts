/** Letters that run from right to left, and the characters that change the direction of what follows. */
const TURNS =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The characters that begin and end an isolation: within a name they would end the one around it. */
const ISOLATES = /[\u2066-\u2069]/g;

/** A name for use within a sentence that is one string, isolated so that it turns nothing around it. Elements use `<bdi>`. */
export function isolated(name: string): string {
  return TURNS.test(name) ? `\u2068${name.replace(ISOLATES, '')}\u2069` : name;
}
