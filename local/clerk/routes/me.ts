import { Hono } from 'hono';
import * as z from 'zod/mini';
import { refuse, reply } from '../answers/client-json.ts';
import { imageUrlOf, userJson } from '../answers/user-json.ts';
import { newId } from '../new-id.ts';
import { passwordRefusal } from '../password-rules.ts';
import { signedInHere } from '../signed-in-here.ts';
import type { StandInContext, StandInEnv } from '../stand-in-env.ts';
import { hashPassword, isPassword } from '../state/password.ts';
import { addPicture, isPictureType, PICTURE_BYTES } from '../state/pictures.ts';
import { changeUser, findUser, type LocalUser } from '../state/users.ts';

const ProfileForm = z.object({
  first_name: z.optional(z.string()),
  last_name: z.optional(z.string()),
});
const PictureForm = z.object({ file: z.instanceof(File) });
const PasswordForm = z.object({
  current_password: z._default(z.string(), ''),
  new_password: z._default(z.string(), ''),
});

/** The account of the signed-in user: name, picture and password. */
export const me = new Hono<StandInEnv>()
  .use(signedInHere)
  .get('/', (c) => reply(c, userJson(c.var.user, originOf(c))))
  .patch('/', async (c) => {
    const { first_name, last_name } = ProfileForm.parse(await c.req.parseBody());
    return changeAndReply(c, {
      ...(first_name === undefined ? {} : { firstName: first_name.trim() || null }),
      ...(last_name === undefined ? {} : { lastName: last_name.trim() || null }),
    });
  })
  .post('/profile_image', async (c) => {
    const form = PictureForm.safeParse(await c.req.parseBody());
    if (!form.success || !isPictureType(form.data.file.type)) return refuse(c, NO_PICTURE);
    const { file } = form.data;
    if (file.size > PICTURE_BYTES) return refuse(c, PICTURE_TOO_LARGE);
    const pictureId = addPicture(c.env.sql, file.type, await file.arrayBuffer());
    const user = change(c, { pictureId });
    const url = imageUrlOf(user, originOf(c));
    return reply(c, { object: 'image', id: pictureId, name: file.name, public_url: url });
  })
  .delete('/profile_image', (c) => {
    change(c, { pictureId: null });
    return reply(c, { object: 'deleted_object', id: newId('img'), deleted: true });
  })
  .post('/change_password', async (c) => {
    const form = PasswordForm.parse(await c.req.parseBody());
    const current = c.var.user.password;
    if (current !== null && !(await isPassword(form.current_password, current))) {
      return refuse(c, WRONG_PASSWORD);
    }
    const refusal = passwordRefusal(form.new_password, 'new_password');
    if (refusal) return refuse(c, refusal);
    return changeAndReply(c, { password: await hashPassword(form.new_password) });
  });

const NO_PICTURE = {
  status: 422,
  code: 'image_type_unsupported',
  message: 'Choose a PNG, JPEG, WebP or GIF picture.',
  param: 'file',
} as const;

const PICTURE_TOO_LARGE = {
  status: 422,
  code: 'image_too_large',
  message: `The picture must be at most ${PICTURE_BYTES / 1_000_000} MB.`,
  param: 'file',
} as const;

const WRONG_PASSWORD = {
  status: 422,
  code: 'form_password_incorrect',
  message: 'Password is incorrect. Try again.',
  param: 'current_password',
} as const;

function originOf(c: StandInContext): string {
  return new URL(c.req.url).origin;
}

/**
 * Changes the account and publishes `user.updated`. Reads it again, because it may have changed since the request came.
 */
function change(c: StandInContext, fields: Partial<LocalUser>): LocalUser {
  const now = findUser(c.env.sql, c.var.user.id) ?? c.var.user;
  const user = changeUser(c.env.sql, { ...now, ...fields });
  c.env.publish({ type: 'user.updated', user });
  return user;
}

function changeAndReply(c: StandInContext, fields: Partial<LocalUser>): Promise<Response> {
  return reply(c, userJson(change(c, fields), originOf(c)));
}
