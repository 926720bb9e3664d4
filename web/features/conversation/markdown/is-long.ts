/** A message folds above so many lines. */
export const FOLDED_LINES = 20;
/** About what fits beside an avatar at the widest; counting instead of measuring keeps the timeline from jumping. */
const CHARACTERS_A_LINE = 100;

/** Whether a text is longer than a folded message shows. */
export function isLong(content: string): boolean {
  let lines = 0;
  for (const line of content.split('\n')) {
    lines += Math.max(1, Math.ceil(line.length / CHARACTERS_A_LINE));
    if (lines > FOLDED_LINES) return true;
  }
  return false;
}
