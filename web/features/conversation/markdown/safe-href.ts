/** The only schemes a link in a message may have: all others (`javascript:`, `data:`, `file:` …) run or reveal something. */
const SAFE = new Set(['http:', 'https:', 'mailto:']);

/** The address if it may be a link, else undefined: then it is shown as text. Relative addresses are none of ours. */
export function safeHref(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return SAFE.has(url.protocol) ? url.href : undefined;
}
