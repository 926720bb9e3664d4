import { newId } from '../new-id.ts';

/** A browser, identified by its `__client` cookie. */
export type LocalClient = { id: string; createdAt: number };

/** A sign-in without a password yet. */
export type SignInAttempt = { id: string; identifier: string | null };

/** A sign-up with the fields that are filled in so far. */
export type SignUpAttempt = {
  id: string;
  address: string | null;
  password: string | null;
  firstName: string | null;
  lastName: string | null;
};

/** Finds a client by the value of its cookie. */
export function findClient(sql: SqlStorage, id: string): LocalClient | undefined {
  return sql
    .exec<LocalClient>('SELECT id, created_at AS createdAt FROM clients WHERE id = ?', id)
    .toArray()[0];
}

/** Creates a client for a browser without one. */
export function addClient(sql: SqlStorage): LocalClient {
  const client: LocalClient = { id: newId('client'), createdAt: Date.now() };
  sql.exec('INSERT INTO clients (id, created_at) VALUES (?, ?)', client.id, client.createdAt);
  return client;
}

/** Finds the unfinished sign-in of a browser. */
export function findSignIn(sql: SqlStorage, clientId: string): SignInAttempt | undefined {
  return sql
    .exec<SignInAttempt>('SELECT id, identifier FROM sign_ins WHERE client_id = ?', clientId)
    .toArray()[0];
}

/** Begins a sign-in and replaces an unfinished one. */
export function beginSignIn(
  sql: SqlStorage,
  clientId: string,
  identifier: string | null,
): SignInAttempt {
  const attempt = { id: newId('sia'), identifier };
  sql.exec(
    'INSERT OR REPLACE INTO sign_ins (client_id, id, identifier) VALUES (?, ?, ?)',
    clientId,
    attempt.id,
    identifier,
  );
  return attempt;
}

/** Finds the unfinished sign-up of a browser. */
export function findSignUp(sql: SqlStorage, clientId: string): SignUpAttempt | undefined {
  return sql
    .exec<SignUpAttempt>(
      `SELECT id, address, password, first_name AS firstName, last_name AS lastName FROM sign_ups WHERE client_id = ?`,
      clientId,
    )
    .toArray()[0];
}

/** Saves a sign-up and replaces an unfinished one. */
export function saveSignUp(sql: SqlStorage, clientId: string, attempt: SignUpAttempt): void {
  sql.exec(
    `INSERT OR REPLACE INTO sign_ups (client_id, id, address, password, first_name, last_name)
     VALUES (?, ?, ?, ?, ?, ?)`,
    clientId,
    attempt.id,
    attempt.address,
    attempt.password,
    attempt.firstName,
    attempt.lastName,
  );
}

/** Deletes the unfinished sign-in and sign-up of a browser. */
export function forgetAttempts(sql: SqlStorage, clientId: string): void {
  sql.exec('DELETE FROM sign_ins WHERE client_id = ?', clientId);
  sql.exec('DELETE FROM sign_ups WHERE client_id = ?', clientId);
}
