/** The host of the Frontend API in the stand-in's keys. It never resolves; browsers use our own `/__clerk`. */
const FRONTEND_API_HOST = 'local.clerk.localhost';

/** The `iss` of the stand-in's tokens. No real instance has it. */
export const LOCAL_ISSUER = `https://${FRONTEND_API_HOST}`;

/** The stand-in's publishable key, in Clerk's form. */
export const LOCAL_PUBLISHABLE_KEY = `pk_test_${btoa(`${FRONTEND_API_HOST}$`)}`;

/** The path under which the stand-in serves the Backend API. */
export const BACKEND_API_PATH = '/__clerk/backend';

/** The keys that the stand-in generates on its first start and stores; every machine has its own. */
export interface Credentials {
  /** PKCS #8, PEM: signs session tokens. It never leaves the object. */
  privateKey: string;
  /** SPKI, PEM: verifies session tokens. */
  publicKey: string;
  /** The bearer token of the Backend API. */
  secretKey: string;
  /** `whsec_` and base64: signs webhooks. */
  webhookSigningSecret: string;
}

/** Loads the credentials from the object's storage, or generates and stores them. */
export async function loadCredentials(sql: SqlStorage): Promise<Credentials> {
  const stored = storedCredentials(sql);
  if (stored) return stored;
  const generated = await generateCredentials();
  sql.exec(
    `INSERT INTO credentials (one, private_key, public_key, secret_key, webhook_signing_secret)
     VALUES (1, ?, ?, ?, ?)`,
    generated.privateKey,
    generated.publicKey,
    generated.secretKey,
    generated.webhookSigningSecret,
  );
  return generated;
}

function storedCredentials(sql: SqlStorage): Credentials | undefined {
  return sql
    .exec<Record<keyof Credentials, string>>(
      `SELECT private_key AS privateKey, public_key AS publicKey, secret_key AS secretKey,
         webhook_signing_secret AS webhookSigningSecret FROM credentials`,
    )
    .toArray()[0];
}

async function generateCredentials(): Promise<Credentials> {
  // The library that verifies tokens accepts no other key length.
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('generateKey returned no key pair');
  return {
    privateKey: pem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', pair.privateKey)),
    publicKey: pem('PUBLIC KEY', await crypto.subtle.exportKey('spki', pair.publicKey)),
    secretKey: `sk_local_${crypto.randomUUID()}`,
    webhookSigningSecret: `whsec_${base64(crypto.getRandomValues(new Uint8Array(32)))}`,
  };
}

function pem(label: string, key: ArrayBuffer | JsonWebKey): string {
  if (!(key instanceof ArrayBuffer)) throw new Error('exportKey returned no bytes');
  const lines = base64(new Uint8Array(key)).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----`;
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
