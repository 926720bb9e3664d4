import { encode } from 'blurhash';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { IMAGE_PIXELS } from '../../../protocol/limits.ts';
import { MediaError } from '../../../protocol/media/media-error.ts';
import { canStrip, stripped } from '../../../protocol/media/stripped.ts';
import type { StoredFile } from '../cache/stored-file.ts';

/** A blurred preview is computed from a picture of this width. */
const BLUR_PX = 32;
const HEIC = /^image\/hei[cf]/;
/** A video that does not start in this time is uploaded without what it would tell, ms. */
const OPENS_WITHIN_MS = 10_000;

/** What is uploaded in place of a chosen file. */
export interface PreparedFile {
  blob: Blob;
  name: string;
  found: StoredFile['found'];
}

/**
 * Removes what a picture or video tells about its place and maker, and finds its size, its duration and a blurred preview.
 * HEIC becomes JPEG where the browser can open it, and is refused where it cannot.
 */
export async function prepareFile(chosen: Blob, name: string): Promise<Result<PreparedFile>> {
  if (HEIC.test(chosen.type) || /\.hei[cf]$/i.test(name)) return await converted(chosen, name);
  const bare = await withoutMetadata(chosen);
  if (!bare.ok) return bare;
  const blob = bare.value;
  if (blob.type.startsWith('image/') && blob.type !== 'image/svg+xml') {
    return ok({ blob, name, found: await foundInPicture(blob) });
  }
  if (/^(?:video|audio)\//.test(blob.type))
    return ok({ blob, name, found: await foundInMedia(blob) });
  return ok({ blob, name, found: {} });
}

/** Nothing is decoded: a small file can hold a picture that fills the memory. */
async function withoutMetadata(chosen: Blob): Promise<Result<Blob>> {
  if (!canStrip(chosen.type)) return ok(chosen);
  try {
    const { stream, info } = stripped(chosen.type, chosen.stream());
    const [bytes] = await Promise.all([new Response(stream).blob(), info]);
    return ok(new Blob([bytes], { type: chosen.type }));
  } catch (error) {
    if (error instanceof MediaError && error.code === 'too_large') {
      const most = IMAGE_PIXELS / 1e6;
      return fail('too_large', `A picture can have up to ${most} megapixels. Make it smaller.`);
    }
    // It is not what its name says, or broken: the server looks at it again, and says so.
    return ok(chosen);
  }
}

async function converted(chosen: Blob, name: string): Promise<Result<PreparedFile>> {
  try {
    const bitmap = await createImageBitmap(chosen);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
    return ok({
      blob,
      name: name.replace(/\.hei[cf]$/i, '.jpg'),
      found: await foundInPicture(blob),
    });
  } catch {
    return fail(
      'invalid',
      'This browser cannot open HEIC pictures. Convert it to JPEG first, or choose it on the phone that took it.',
    );
  }
}

async function foundInPicture(blob: Blob): Promise<StoredFile['found']> {
  try {
    const bitmap = await createImageBitmap(blob);
    const { width, height } = bitmap;
    const blurhash = blurred(bitmap, width / height);
    bitmap.close();
    return { width, height, ...(blurhash !== undefined && { blurhash }) };
  } catch {
    return {};
  }
}

/** Opens it muted and unseen. Without a picture it is a sound. */
async function foundInMedia(blob: Blob): Promise<StoredFile['found']> {
  const url = URL.createObjectURL(blob);
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  try {
    const opened = happens(video, 'loadeddata');
    video.src = url;
    await opened;
    const { videoWidth: width, videoHeight: height, duration } = video;
    const durationMs = Number.isFinite(duration) ? Math.round(duration * 1_000) : undefined;
    const blurhash = width > 0 ? blurred(video, width / height) : undefined;
    return {
      ...(width > 0 && { width, height }),
      ...(durationMs !== undefined && { durationMs }),
      ...(blurhash !== undefined && { blurhash }),
    };
  } catch {
    return {};
  } finally {
    video.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
}

function happens(video: HTMLVideoElement, event: 'loadeddata'): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true });
    video.addEventListener('error', () => reject(new Error('The browser cannot open it.')));
    setTimeout(() => reject(new Error('The browser did not open it in time.')), OPENS_WITHIN_MS);
  });
}

function blurred(source: CanvasImageSource, ratio: number): string | undefined {
  const height = Math.max(1, Math.round(BLUR_PX / ratio));
  if (height > BLUR_PX * 4) return undefined;
  const context = new OffscreenCanvas(BLUR_PX, height).getContext('2d');
  if (!context) return undefined;
  context.drawImage(source, 0, 0, BLUR_PX, height);
  const { data } = context.getImageData(0, 0, BLUR_PX, height);
  return encode(data, BLUR_PX, height, 4, ratio > 1.3 ? 3 : 4);
}
