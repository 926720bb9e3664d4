import type { User } from '../../protocol/models.ts';
import type { users } from './schema.ts';

/** A person, and which version of them this is: the higher `profileAt` is the newer. It is no part of the contract. */
export type KnownUser = User & { profileAt: number };

/** The user of a row, as the contract has it: a column that is null is a field that is not there. */
export function userOf(row: typeof users.$inferSelect): User {
  const { id, name, handle, imageUrl, role, status, deactivatedAt } = row;
  return {
    id,
    name,
    handle,
    imageUrl,
    role,
    ...(status === null ? {} : { status }),
    ...(deactivatedAt === null ? {} : { deactivatedAt }),
  };
}

/** The same with its version, for Rooms, which may hear of two versions in the wrong order. */
export function knownUserOf(row: typeof users.$inferSelect): KnownUser {
  return { ...userOf(row), profileAt: row.profileAt };
}
