/** The message with number `i` has this seq and `i`: a group begins with system lines. */
export const FIRST_SEQ = 100;

/** Which messages D1 gets, by number from 1, and how long each is, in characters. */
export interface MirroredMessages {
  groupId: string;
  userId: string;
  from?: number;
  upTo: number;
  characters: number;
}

/** The two statements that write messages of a user to D1, as the Room would have. */
export function mirroredMessages(made: MirroredMessages): [messages: string, group: string] {
  const { groupId, userId, from = 1, upTo, characters } = made;
  const lastSeq = FIRST_SEQ + upTo;
  return [
    `INSERT INTO messages (group_id, seq, id, rev, user_id, content, created_at)
     WITH RECURSIVE n (i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${upTo})
     SELECT '${groupId}', ${FIRST_SEQ} + i, printf('01890000-0000-7000-8000-%012x', i), ${FIRST_SEQ} + i, '${userId}',
       substr('Message ' || i || ' ' || hex(zeroblob(${Math.ceil(characters / 2)})), 1, ${characters}), i FROM n`,
    `UPDATE groups SET counter = ${lastSeq}, last_seq = ${lastSeq} WHERE id = '${groupId}'`,
  ];
}
