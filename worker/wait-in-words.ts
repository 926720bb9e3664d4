const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** How long to wait, for a sentence: "20 seconds", "5 minutes". Rounded up. */
export function waitInWords(ms: number): string {
  const isShort = ms <= MINUTE_MS - SECOND_MS;
  const count = Math.ceil(ms / (isShort ? SECOND_MS : MINUTE_MS));
  const unit = isShort ? 'second' : 'minute';
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}
