/** How many chosen files keep their preview after they were sent: the browser holds their bytes. */
const MOST = 60;

const urls = new Map<string, string>();

/** The address of the bytes of a file that was chosen on this page, by either of its ids; undefined for others. */
export function previewOf(id: string): string | undefined {
  return urls.get(id);
}

/** Makes the bytes of a chosen file known under these ids. */
export function keepPreview(ids: readonly string[], blob: Blob): void {
  const known = ids.map((id) => urls.get(id)).find((url) => url !== undefined);
  const url = known ?? URL.createObjectURL(blob);
  for (const id of ids) urls.set(id, url);
  const all = [...new Set(urls.values())];
  for (const old of all.slice(0, -MOST)) {
    URL.revokeObjectURL(old);
    for (const [id, it] of urls) if (it === old) urls.delete(id);
  }
}
