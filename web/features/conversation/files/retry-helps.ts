import type { Failure } from '../../../../protocol/errors.ts';
import type { FileReference } from '../../../../protocol/models.ts';

/**
 * Whether what failed with these files may succeed when it is tried again: not if one of them could not be uploaded because
 * the file itself is what is wrong.
 */
export function retryHelps(
  { code }: Pick<Failure, 'code'>,
  files: readonly Pick<FileReference, 'url'>[] = [],
): boolean {
  return code !== 'invalid' || files.every(({ url }) => url !== '');
}
