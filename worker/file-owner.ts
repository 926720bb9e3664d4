/** What is written beside the bytes of a file: whose storage they take, if no Room remembers them any more. */
export function ownedBy(userId: string): { customMetadata: Record<string, string> } {
  return { customMetadata: { userId } };
}

/** Whose storage these bytes take; undefined for those of versions before. The object must be listed with its metadata. */
export function ownerOf({ customMetadata }: Pick<R2Object, 'customMetadata'>): string | undefined {
  return customMetadata?.['userId'];
}
