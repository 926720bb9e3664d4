import { expect, test } from '../support/browser.ts';
import { openPair } from './pair.ts';

const LISTS = '- blue ones\n  - of card\n- red ones\n9. nine\n10. ten **bold**';

test('a copy of messages holds names and texts, and nothing that the page says about them', async ({
  visitor,
}) => {
  const { page, screen, ada, grace } = await openPair(visitor, async ({ ada, grace, group }) => {
    const of = `groupId=${group.id}`;
    const root = await grace.post(group.id, 'Which cards?\n\nThe **blue** ones?');
    await grace.post(group.id, 'A second message.');
    await grace.post(group.id, LISTS);
    await ada.post(group.id, 'All of them.', { parentId: root.id, alsoToGroup: true });
    const fixed = await ada.post(group.id, 'I cuonted.');
    await ada.api('PATCH', `/api/messages/${fixed.id}?${of}`, { content: 'I counted.' });
    await ada.api('PUT', `/api/messages/${fixed.id}/pin?${of}`);
    const code = await ada.post(group.id, '```ts\nconst cards = 25;\n```');
    await grace.api('PUT', `/api/messages/${code.id}/reactions/${encodeURIComponent('🎉')}?${of}`);
  });
  await expect(screen.timeline.getByText('Sent', { exact: true })).toBeVisible();
  await expect(screen.timeline.getByRole('button', { name: /^replied to/ })).toBeVisible();
  await expect(screen.timeline.getByRole('button', { name: '1 reply' })).toBeVisible();
  await screen.message('I counted.').hover();
  await expect(page.getByRole('toolbar')).toBeVisible();
  const copied = await screen.timeline.evaluate((list) => {
    const selection = getSelection();
    selection?.selectAllChildren(list);
    return selection?.toString() ?? '';
  });
  expect(copied.split('\n').filter((line) => line !== '')).toEqual([
    'This is the beginning of Engines',
    'Say hello, or bring someone along.',
    'Anyone who can sign in here can join by this link.',
    `${ada.name} created the group`,
    `${grace.name} joined`,
    grace.name,
    'Which cards?',
    'The blue ones?',
    'A second message.',
    ...LISTS.split('\n').map((line) => line.trim().replace(/^-/, '•').replaceAll('**', '')),
    ada.name,
    'All of them.',
    'I counted.',
    'const cards = 25;',
  ]);
});
