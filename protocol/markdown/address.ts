/** The only schemes a link may have: all others (`javascript:`, `data:`, `file:` …) run or reveal something. */
const SAFE_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
/** Where a bare address begins. */
const START = /https?:\/\/|www\.|mailto:/iy;
/** An address ends before white space, a control character, an angle bracket, a quote or full-width punctuation. */
const BODY = /[^\s\p{Cc}<>"`‘-”…、。《》「」『』【】〈〉〔〕！（），：；？｡｢｣､]*/uy;
/** Punctuation that belongs to the sentence around an address and not to the address. */
const SENTENCE = /[?!.,:;*~'|\\]/;
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const LOCAL_PART = /[a-z0-9!#$%&'+/=?^{|}][a-z0-9.!#$%&'*+/=?^_{|}~-]{0,63}$/i;
const DOMAIN = /@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z][a-z0-9-]{0,62}/iy;

/** The address if a link may lead there, normalised by the URL standard; undefined for other schemes and relative ones. */
export function safeHref(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return SAFE_SCHEMES.has(url.protocol) ? url.href : undefined;
}

/** Whether a bare address (`https://…`, `www.…`, `mailto:…`) may begin at `at`. */
export function startsAddress(text: string, at: number): boolean {
  START.lastIndex = at;
  return START.test(text) && !/[a-z0-9]/i.test(text.slice(Math.max(0, at - 1), at));
}

/**
 * The bare address that begins at `at`. `href` is undefined if nothing up to `end` is an address, so that the caller need
 * not look there again.
 */
export function bareAddress(text: string, at: number): { end: number; href: string | undefined } {
  BODY.lastIndex = at;
  const body = BODY.exec(text)?.[0] ?? '';
  const label = body.indexOf('](');
  const whole = label < 0 ? body : body.slice(0, label);
  const address = whole.slice(0, lengthWithoutSentence(whole));
  const href = /^www\./i.test(address) ? hrefOf(`http://${address}`) : hrefOf(address);
  return href === undefined ? { end: at + whole.length, href } : { end: at + address.length, href };
}

/** The e-mail address around the `@` at `at` that begins at `from` or later. */
export function emailAddress(
  text: string,
  from: number,
  at: number,
): { start: number; end: number; href: string } | undefined {
  const local = LOCAL_PART.exec(text.slice(Math.max(from, at - 64), at))?.[0];
  DOMAIN.lastIndex = at;
  const domain = DOMAIN.exec(text)?.[0].replace(/-+$/, '');
  if (local === undefined || domain === undefined) return undefined;
  return { start: at - local.length, end: at + domain.length, href: `mailto:${local}${domain}` };
}

/** An address needs a host with a name in it: `https://` and `www.` alone are words. */
function hrefOf(address: string): string | undefined {
  if (/^https?:\/\/(?:www\.)?$/i.test(address) || /^mailto:[^@]*$/i.test(address)) return undefined;
  if (/^http:\/\/www\.[^.]*$/i.test(address)) return undefined;
  return safeHref(address);
}

/** The length of an address without the punctuation of its sentence and the closing brackets that it did not open. */
function lengthWithoutSentence(whole: string): number {
  const surplus = new Map(
    Object.entries(CLOSING).map(([close, open]) => [
      close,
      count(whole, close) - count(whole, open),
    ]),
  );
  let end = whole.length;
  for (; end > 0; end--) {
    const last = whole.charAt(end - 1);
    const unopened = surplus.get(last) ?? 0;
    if (unopened > 0) surplus.set(last, unopened - 1);
    else if (!SENTENCE.test(last)) break;
  }
  return end;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
