import { Message } from '../../protocol/models.ts';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';
import { pair } from './pair.ts';

test('a pinned message is listed for everyone, links to its place, and can be unpinned', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Pins');
  const { page } = ada;
  const said = await grace.api('POST', '/api/messages', {
    groupId: group.id,
    content: 'The door code is 1815.',
  });
  const { id } = said.as(Message);
  await openGroup(page, group.id);
  await page.getByRole('button', { name: 'Pinned messages' }).click();
  const panel = page.getByRole('complementary', { name: 'Pinned messages' });
  await expect(panel.getByText('Nothing is pinned yet')).toBeVisible();

  await grace.api('PUT', `/api/messages/${id}/pin?groupId=${group.id}`);
  const pinned = panel.getByRole('article');
  await expect(pinned).toContainText('The door code is 1815.');
  await expect(pinned).toContainText(`Pinned by ${grace.name}`);
  await expectAccessible(page);
  await pinned.getByRole('button', { name: 'Jump to this message' }).click();
  await expect(page).toHaveURL(new RegExp(`/g/${group.id}/m/${id}`));
  await pinned.getByRole('button', { name: 'Unpin' }).click();
  await expect(panel.getByText('Nothing is pinned yet')).toBeVisible();
});
