import { newId } from '../new-id.ts';

/** A browser, known by its `__client` cookie. */
export type LocalClient = { id: string; createdAt: number };

/** A sign-in that waits for its password. */
export type SignInAttempt = { id: string; identifier: string | null };

/** A sign-up with what was given so far. */
export type SignUpAttempt = {
  id: string;
  address: string | null;
  password: string | null;
  firstName: string | null;
  lastName: string | null;
};

/** The browser of this cookie. */
export function findClient(sql: SqlStorage, id: string): LocalClient | undefined {
  return sql
    .exec<LocalClient>('SELECT id, created_at AS createdAt FROM clients WHERE id = ?', id)
    .toArray()[0];
}

/** Makes a client for a browser that has none. */
export function addClient(sql: SqlStorage): LocalClient {
  const client: LocalClient = { id: newId('client'), createdAt: Date.now() };
  sql.exec('INSERT INTO clients (id, created_at) VALUES (?, ?)', client.id, client.createdAt);
  return client;
}

/** The sign-in under way in this browser. */
export function findSignIn(sql: SqlStorage, clientId: string): SignInAttempt | undefined {
  return sql
    .exec<SignInAttempt>('SELECT id, identifier FROM sign_ins WHERE client_id = ?', clientId)
    .toArray()[0];
}

/** Begins a sign-in, in place of one under way. */
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

/** The sign-up under way in this browser. */
export function findSignUp(sql: SqlStorage, clientId: string): SignUpAttempt | undefined {
  return sql
    .exec<SignUpAttempt>(
      `SELECT id, address, password, first_name AS firstName, last_name AS lastName FROM sign_ups WHERE client_id = ?`,
      clientId,
    )
    .toArray()[0];
}

/** Keeps a sign-up, in place of one under way. */
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

/** Forgets what was under way: it is done, or given up. */
export function forgetAttempts(sql: SqlStorage, clientId: string): void {
  sql.exec('DELETE FROM sign_ins WHERE client_id = ?', clientId);
  sql.exec('DELETE FROM sign_ups WHERE client_id = ?', clientId);
}
