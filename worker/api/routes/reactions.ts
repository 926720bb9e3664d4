import { type Context, Hono } from 'hono';
import { Emoji } from '../../../protocol/client-frames.ts';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { type MessageInPath, messageInPath } from '../request/in-path.ts';

/** Reactions to a message: list them, add mine, remove mine. */
export const reactions = new Hono<AppEnv>()
  .get('/api/messages/:id/reactions', signedIn, async (c) => {
    const message = messageInPath(c);
    if (!message.ok) return problem(message.failure);
    const { room, id } = message.value;
    const found = await room.reactions(c.var.identity.userId, id, c.var.identity.sessionId);
    return answer(found.ok ? ok({ items: found.value }) : found);
  })

  .put('/api/messages/:id/reactions/:emoji', signedIn, async (c) => {
    const reaction = reactionInPath(c);
    if (!reaction.ok) return problem(reaction.failure);
    const { room, id, emoji } = reaction.value;
    return answer(
      await room.react(c.var.identity.userId, { id, emoji, op: 'add' }, c.var.identity.sessionId),
    );
  })

  .delete('/api/messages/:id/reactions/:emoji', signedIn, async (c) => {
    const reaction = reactionInPath(c);
    if (!reaction.ok) return problem(reaction.failure);
    const { room, id, emoji } = reaction.value;
    return answer(
      await room.react(
        c.var.identity.userId,
        { id, emoji, op: 'remove' },
        c.var.identity.sessionId,
      ),
    );
  });

/** Returns the message and the percent-encoded emoji in the path. Text that is not one emoji is `invalid`. */
function reactionInPath(
  c: Context<AppEnv, '/api/messages/:id/reactions/:emoji'>,
): Result<MessageInPath & { emoji: string }> {
  const message = messageInPath(c);
  if (!message.ok) return message;
  const emoji = Emoji.safeParse(c.req.param('emoji'));
  if (emoji.success) return ok({ ...message.value, emoji: emoji.data });
  return fail('invalid', 'React with one emoji.', { fields: { emoji: 'must be one emoji' } });
}
