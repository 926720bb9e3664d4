import { type Failure, fail } from '../../../protocol/errors.ts';
import { GROUP_PICTURE_BYTES } from '../../../protocol/limits.ts';
import { PICTURE_TYPES } from '../../picture-types.ts';
import type { StoredFile } from '../rows/file-rows.ts';

/** Why a user cannot use a file: it is gone or was never there, someone else uploaded it, or it is in use already. */
export type FileFault = 'gone' | 'theirs' | 'used';

const ATTACHMENTS: Readonly<Record<FileFault, string>> = {
  gone: 'must be files of this group that are still there. Upload them again',
  theirs: 'must be files that you have uploaded yourself',
  used: 'must be files that were not sent yet. Upload them again',
};

const PICTURE: Readonly<Record<FileFault, string>> = {
  gone: 'must be a file of this group that is still there. Upload it again',
  theirs: 'must be a file that you have uploaded yourself',
  used: 'must be a file that was not used yet. Upload it again',
};

/** The failure of a message whose files cannot be used. */
export function unusableAttachments(fault: FileFault) {
  return unusable('attachments', 'attachments', ATTACHMENTS[fault]);
}

/** The failure of a change of the group's picture whose file cannot be used. */
export function unusablePicture(fault: FileFault) {
  return unusable('imageId', 'picture', PICTURE[fault]);
}

/** The failure if a file that may be used cannot be a picture of a group; undefined if it can. */
export function pictureFailure({
  type,
  size,
}: Pick<StoredFile, 'type' | 'size'>): { ok: false; failure: Failure } | undefined {
  if (!PICTURE_TYPES.has(type)) {
    return unusable('imageId', 'picture', 'must be a JPEG, PNG, WebP, GIF or AVIF file');
  }
  if (size <= GROUP_PICTURE_BYTES) return undefined;
  const most = GROUP_PICTURE_BYTES / 1024 ** 2;
  return unusable('imageId', 'picture', `must be at most ${most} MiB`);
}

function unusable(field: string, subject: string, fault: string) {
  return fail('invalid', `The ${subject} ${fault}.`, { fields: { [field]: fault } });
}
