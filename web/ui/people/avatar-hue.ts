const HUES = 12;

/** Which of the 12 avatar hues (0 to 11) a person has: from the id, so that it is the same everywhere and for everyone. */
export function avatarHue(userId: string): number {
  let hash = 0;
  for (const character of userId) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % HUES;
}
