/** What the stand-in signs and is trusted by. Made on its first start and kept in its storage; every machine has its own. */
export interface Credentials {
  /** PKCS #8, PEM: signs session tokens, and never leaves the object. */
  privateKey: string;
  /** SPKI, PEM: what tokens are verified with. */
  publicKey: string;
  /** The bearer of the Backend API. */
  secretKey: string;
  /** `whsec_` and base64: signs webhooks. */
  webhookSigningSecret: string;
}

/** The credentials in the object's storage; at the first start they are made. */
export async function loadCredentials(sql: SqlStorage): Promise<Credentials> {
  const kept = keptCredentials(sql);
  if (kept) return kept;
  const made = await makeCredentials();
  sql.exec(
    `INSERT INTO credentials (one, private_key, public_key, secret_key, webhook_signing_secret)
     VALUES (1, ?, ?, ?, ?)`,
    made.privateKey,
    made.publicKey,
    made.secretKey,
    made.webhookSigningSecret,
  );
  return made;
}

function keptCredentials(sql: SqlStorage): Credentials | undefined {
  return sql
    .exec<Record<keyof Credentials, string>>(
      `SELECT private_key AS privateKey, public_key AS publicKey, secret_key AS secretKey,
         webhook_signing_secret AS webhookSigningSecret FROM credentials`,
    )
    .toArray()[0];
}

async function makeCredentials(): Promise<Credentials> {
  // RSA with 2048 bits: the verifying library takes no other length.
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('RSA keys come in pairs');
  return {
    privateKey: pem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', pair.privateKey)),
    publicKey: pem('PUBLIC KEY', await crypto.subtle.exportKey('spki', pair.publicKey)),
    secretKey: `sk_local_${crypto.randomUUID()}`,
    webhookSigningSecret: `whsec_${base64(crypto.getRandomValues(new Uint8Array(32)))}`,
  };
}

function pem(label: string, key: ArrayBuffer | JsonWebKey): string {
  if (!(key instanceof ArrayBuffer)) throw new Error('expected an encoded key');
  const lines = base64(new Uint8Array(key)).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----`;
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
