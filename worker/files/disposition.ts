/** Characters that `filename*` may hold unencoded (RFC 5987, attr-char) and that `encodeURIComponent` leaves as well. */
const NOT_ATTR_CHAR = /['()*]/g;

/**
 * The value of `Content-Disposition` for a file of this name (RFC 6266): the exact name in `filename*`, and one in ASCII for
 * clients that do not read it.
 */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    // A percent sign in the plain form is decoded by some clients.
    .replaceAll(/[^\x20-\x7e]|["\\%]/gu, '_');
  const exact = encodeURIComponent(name.toWellFormed()).replaceAll(
    NOT_ATTR_CHAR,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
