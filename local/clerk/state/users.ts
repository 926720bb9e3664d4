import { newId } from '../new-id.ts';

/** An account of the stand-in. A demo person has no password. */
export type LocalUser = {
  id: string;
  /** The e-mail address in lower case, with which the user signs in. */
  address: string;
  /** A hash from `hashPassword`. */
  password: string | null;
  firstName: string | null;
  lastName: string | null;
  /** The uploaded picture, if there is one. */
  pictureId: string | null;
  createdAt: number;
  updatedAt: number;
};

/** The fields of a new account. */
export type NewLocalUser = Pick<LocalUser, 'address' | 'password' | 'firstName' | 'lastName'>;

const SELECT = `SELECT id, address, password, first_name AS firstName, last_name AS lastName, picture_id AS pictureId,
  created_at AS createdAt, updated_at AS updatedAt FROM users`;

/** Finds an account by id. */
export function findUser(sql: SqlStorage, id: string): LocalUser | undefined {
  return sql.exec<LocalUser>(`${SELECT} WHERE id = ?`, id).toArray()[0];
}

/** Finds an account by address, in any case. */
export function findUserByAddress(sql: SqlStorage, address: string): LocalUser | undefined {
  return sql.exec<LocalUser>(`${SELECT} WHERE address = ?`, address.toLowerCase()).toArray()[0];
}

/** Creates an account. Throws if the address is taken. */
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

/**
 * Saves an account and returns it with a later `updatedAt`. It always grows, because the Worker orders profiles by it.
 */
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
