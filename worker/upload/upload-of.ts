import type { Env } from '../env.ts';
import type { UploadRpc } from './upload-rpc.ts';

/** The Upload of the file with this id. Callers check the form of the id first. */
export function uploadOf(env: Env, fileId: string): UploadRpc {
  return env.UPLOAD.get(env.UPLOAD.idFromName(fileId));
}
