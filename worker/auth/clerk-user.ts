import * as z from 'zod/mini';
import { UserId } from '../../protocol/ids.ts';
import { cleanLine, isBlank } from '../../protocol/text.ts';
import type { Profile } from '../directory/users.ts';

const text = z.nullish(z.string());

/**
 * The fields that we use of a user in Clerk's Backend API and its `user.created` and `user.updated` webhooks
 * (https://clerk.com/docs/reference/backend-api/tag/users).
 */
export const ClerkUser = z.object({
  id: UserId,
  first_name: text,
  last_name: text,
  username: text,
  image_url: z.string(),
  /** False if `image_url` is a picture that Clerk generated. The page then shows initials. */
  has_image: z.optional(z.boolean()),
  primary_email_address_id: text,
  email_addresses: z.array(
    z.object({
      id: text,
      email_address: z.string(),
      verification: z.nullish(z.object({ status: z.string() })),
    }),
  ),
  banned: z.optional(z.boolean()),
  created_at: z.int(),
  updated_at: z.int(),
});
export type ClerkUser = z.infer<typeof ClerkUser>;

/** Converts a Clerk user to a profile. `admins` is the Worker var ADMINS: ids or addresses, separated by commas. */
export function profileOf(user: ClerkUser, admins: string | undefined): Profile {
  return {
    id: user.id,
    name: nameOf(user),
    imageUrl: user.has_image === false ? '' : user.image_url,
    role: isAdmin(user, admins) ? 'admin' : 'member',
    profileAt: user.updated_at,
    createdAt: user.created_at,
  };
}

/** Returns the full name, else the username, else the local part of the address without its digits. Never blank. */
function nameOf(user: ClerkUser): string {
  const fullName = [user.first_name, user.last_name]
    .map((part) => cleanLine(part ?? ''))
    .filter((part) => part !== '')
    .join(' ');
  const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  const address = (primary ?? user.email_addresses[0])?.email_address ?? '';
  const local = address.split('@', 1)[0] ?? '';
  const names = [fullName, cleanLine(user.username ?? ''), local.replace(/[\d._+-]+$/, ''), local];
  return names.find((name) => !isBlank(name)) ?? 'Someone';
}

/** Only verified addresses count: anyone can enter an admin's address. */
function isAdmin(user: ClerkUser, admins = ''): boolean {
  const named = admins.split(',').map((entry) => entry.trim());
  const namedAddresses = new Set(named.map((entry) => entry.toLowerCase()));
  return (
    named.includes(user.id) ||
    user.email_addresses.some(
      ({ email_address, verification }) =>
        verification?.status === 'verified' && namedAddresses.has(email_address.toLowerCase()),
    )
  );
}
