import { newId } from '../new-id.ts';

/** An account of the stand-in. A demo person has no password. */
export type LocalUser = {
  id: string;
  /** The e-mail address in lower case: what somebody signs in with. */
  address: string;
  /** As `hashPassword` gives it. */
  password: string | null;
  firstName: string | null;
  lastName: string | null;
  /** The uploaded picture, if there is one. */
  pictureId: string | null;
  createdAt: number;
  updatedAt: number;
};

/** What can be said of an account when it is made. */
export type NewLocalUser = Pick<LocalUser, 'address' | 'password' | 'firstName' | 'lastName'>;

const SELECT = `SELECT id, address, password, first_name AS firstName, last_name AS lastName, picture_id AS pictureId,
  created_at AS createdAt, updated_at AS updatedAt FROM users`;

/** The account of this id. */
export function findUser(sql: SqlStorage, id: string): LocalUser | undefined {
  return sql.exec<LocalUser>(`${SELECT} WHERE id = ?`, id).toArray()[0];
}

/** The account that signs in with this address, in any case. */
export function findUserByAddress(sql: SqlStorage, address: string): LocalUser | undefined {
  return sql.exec<LocalUser>(`${SELECT} WHERE address = ?`, address.toLowerCase()).toArray()[0];
}

/** Makes an account; the address must be free. */
export function addUser(sql: SqlStorage, user: NewLocalUser): LocalUser {
  const now = Date.now();
  const added: LocalUser = {
    ...user,
    id: newId('user'),
    address: user.address.toLowerCase(),
    pictureId: null,
    createdAt: now,
    updatedAt: now,
  };
  sql.exec(
    `INSERT INTO users (id, address, password, first_name, last_name, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    added.id,
    added.address,
    added.password,
    added.firstName,
    added.lastName,
    now,
    now,
  );
  return added;
}

/** Keeps the account as given, as a new version: `updatedAt` always grows, because it orders the webhooks. */
export function changeUser(sql: SqlStorage, user: LocalUser): LocalUser {
  const changed = { ...user, updatedAt: Math.max(Date.now(), user.updatedAt + 1) };
  sql.exec(
    `UPDATE users SET password = ?, first_name = ?, last_name = ?, picture_id = ?, updated_at = ? WHERE id = ?`,
    changed.password,
    changed.firstName,
    changed.lastName,
    changed.pictureId,
    changed.updatedAt,
    changed.id,
  );
  return changed;
}
