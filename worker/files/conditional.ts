/** What a client may compare: an entity tag without its quotes, and the time of the last change, ms UTC. */
export interface Version {
  etag: string;
  changedAt: number;
}

/** How preconditions turn out: the request goes on, the client has the newest version, or it wants another one. */
export type Precondition = 'go_on' | 'not_modified' | 'failed';

/**
 * Evaluates the preconditions of a GET or HEAD in the order of RFC 9110, section 13.2.2. A header that cannot be parsed is
 * ignored, as that section asks for dates.
 */
export function evaluate(headers: Headers, version: Version): Precondition {
  const ifMatch = headers.get('If-Match');
  if (ifMatch !== null) {
    if (!matches(ifMatch, version.etag, 'strong')) return 'failed';
  } else {
    const unmodifiedSince = dateIn(headers, 'If-Unmodified-Since');
    if (unmodifiedSince !== undefined && seconds(version.changedAt) > seconds(unmodifiedSince)) {
      return 'failed';
    }
  }
  const ifNoneMatch = headers.get('If-None-Match');
  if (ifNoneMatch !== null) {
    return matches(ifNoneMatch, version.etag, 'weak') ? 'not_modified' : 'go_on';
  }
  const modifiedSince = dateIn(headers, 'If-Modified-Since');
  if (modifiedSince !== undefined && seconds(version.changedAt) <= seconds(modifiedSince)) {
    return 'not_modified';
  }
  return 'go_on';
}

/**
 * Whether `Range` may be honoured (RFC 9110, section 13.1.5): a range of another version would spoil what the client has.
 * A date must be exactly ours; a weak tag never matches.
 */
export function rangeHolds(headers: Headers, version: Version): boolean {
  const ifRange = headers.get('If-Range');
  if (ifRange === null) return true;
  if (ifRange.includes('"')) return ifRange.trim() === `"${version.etag}"`;
  const date = Date.parse(ifRange);
  return seconds(date) === seconds(version.changedAt);
}

/** One tag of a list, as RFC 9110, section 8.8.3 has it. A comma inside the quotes is part of the tag. */
const TAG = /(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;

function matches(list: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (list.trim() === '*') return true;
  return [...list.matchAll(TAG)].some(
    ([, weak, tag]) => tag === etag && (comparison === 'weak' || weak === undefined),
  );
}

function dateIn(headers: Headers, name: string): number | undefined {
  const date = Date.parse(headers.get(name) ?? '');
  return Number.isNaN(date) ? undefined : date;
}

/** Dates of HTTP have no parts of a second. */
function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
