import { stringify } from 'uuid';

/**
 * The id of the direct group of these people: a UUIDv8 (RFC 9562) from the SHA-256 of their user ids. It depends neither on
 * the order nor on who creates the group, so that two people who write to each other at once meet in one Room.
 */
export async function directGroupId(userIds: Iterable<string>): Promise<string> {
  // No user id contains a line break, so that different people never give the same text.
  const text = [...new Set(userIds)].sort().join('\n');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return stringify(new Uint8Array(digest, 0, 16).map(withVersion));
}

/** The byte at this index of a UUIDv8: the version is in byte 6, the variant in byte 8. */
function withVersion(byte: number, index: number): number {
  if (index === 6) return (byte & 0x0f) | 0x80;
  if (index === 8) return (byte & 0x3f) | 0x80;
  return byte;
}
