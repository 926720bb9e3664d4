import { expect, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';

test.use({ expectedErrors: [/status of 429.*\/join/] });

test('who comes and goes is one line, several who join share one, and nobody joins without end', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const grace = await visitor('Grace');
  const linus = await visitor('Linus');
  const group = await ada.createGroup({ name: 'Revolving door' });
  const screen = await openGroup(ada.page, group.id);
  const leave = () => grace.api('POST', `/api/groups/${group.id}/leave`);
  for (let n = 0; n < 4; n += 1) {
    await grace.join(group.id);
    await leave();
  }
  await expect(screen.timeline).toContainText(`${grace.name} joined and left`);
  await grace.join(group.id);
  await linus.join(group.id);
  await expect(screen.timeline).toContainText(`${grace.name} and ${linus.name} joined`);
  await expect(screen.timeline.getByText(grace.name)).toHaveCount(1);
  await expect(screen.timeline.getByText(/ joined| left/)).toHaveCount(1);

  await leave();
  await grace.page.goto(`/g/${group.id}`);
  await grace.page.getByRole('button', { name: 'Join Revolving door' }).click();
  await expect(
    grace.page.getByText(
      /^You have joined this group 5 times within an hour\. Try again in \d+ min/,
    ),
  ).toBeVisible();
});

test('a group that is renamed again and again shows its last name once', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const group = await ada.createGroup({ name: 'First' });
  const screen = await openGroup(ada.page, group.id);
  for (const name of ['Second', 'Third', 'Fourth']) {
    await ada.api('PATCH', `/api/groups/${group.id}`, { name });
  }
  await expect(screen.timeline).toContainText('renamed the group to “Fourth”');
  await expect(screen.timeline.getByText(/renamed the group/)).toHaveCount(1);
});
