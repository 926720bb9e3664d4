import type { Locator, Page } from '@playwright/test';

/** A file as a person chooses it. */
export interface Chosen {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A picture of this size, as a browser draws it. */
export async function picture(
  page: Page,
  name: string,
  width: number,
  height: number,
): Promise<Chosen> {
  const bytes = await page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w ?? 1, h ?? 1);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = 'teal';
      context.fillRect(0, 0, (w ?? 1) / 2, h ?? 1);
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    },
    [width, height],
  );
  return { name, mimeType: 'image/png', buffer: Buffer.from(bytes) };
}

/** A text; its content is its name unless there is another. */
export const text = (name: string, content = name): Chosen => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
});

/** The tiles of the files that are to be sent, in the composer of the timeline or (in `within`) elsewhere. */
export const tiles = (within: Page | Locator) =>
  within.getByRole('list', { name: 'Files to send' }).getByRole('listitem');

/** Pastes or drops files on an element (the timeline), as the browser would hand them over. */
export async function handOver(
  page: Page,
  type: 'paste' | 'drop',
  files: readonly Chosen[],
  on = 'main [role=log]',
): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, bytes: [...buffer] }));
  await page.evaluate(
    async ([kind, its, selector]) => {
      const transfer = new DataTransfer();
      for (const { name, mimeType, bytes } of its) {
        transfer.items.add(new File([new Uint8Array(bytes)], name, { type: mimeType }));
      }
      const target = document.querySelector(selector) ?? document.body;
      const base = { bubbles: true, cancelable: true };
      if (kind === 'paste') {
        target.dispatchEvent(new ClipboardEvent('paste', { ...base, clipboardData: transfer }));
        return;
      }
      const drag = (name: string) =>
        target.dispatchEvent(new DragEvent(name, { ...base, dataTransfer: transfer }));
      drag('dragenter');
      // The veil loads with the first drag; a person moves on over the page until they let go.
      for (let n = 0; n < 200 && !document.body.textContent?.includes('Drop to attach'); n += 1) {
        drag('dragover');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      drag('drop');
    },
    [type, given, on] as const,
  );
}
