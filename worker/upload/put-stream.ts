import { PART_BYTES, PartBuffer } from './part-buffer.ts';

/** Stores a stream of unknown length in R2 under `key`, at most a part of it in memory, with `options`. Returns what is stored. */
export async function putStream(
  bucket: R2Bucket,
  key: string,
  stream: ReadableStream<Uint8Array>,
  options: Pick<R2PutOptions & R2MultipartOptions, 'customMetadata'> = {},
): Promise<R2Object> {
  const buffer = new PartBuffer(PART_BYTES);
  const parts: R2UploadedPart[] = [];
  let multipart: R2MultipartUpload | undefined;
  try {
    for await (const chunk of stream) {
      let rest = buffer.take(chunk);
      while (buffer.isFull) {
        multipart ??= await bucket.createMultipartUpload(key, options);
        parts.push(await multipart.uploadPart(parts.length + 1, buffer.held()));
        buffer.clear();
        rest = buffer.take(rest);
      }
    }
    if (!multipart) {
      const put = await bucket.put(key, buffer.held(), options);
      // R2 answers null only where a condition of the request fails, and this one has none.
      if (!put) throw new Error('R2 stored nothing');
      return put;
    }
    if (buffer.length > 0) {
      parts.push(await multipart.uploadPart(parts.length + 1, buffer.held()));
    }
    return await multipart.complete(parts);
  } catch (error) {
    await multipart?.abort().catch(() => undefined);
    throw error;
  }
}
