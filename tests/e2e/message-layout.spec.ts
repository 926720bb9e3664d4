import type { Locator } from '@playwright/test';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { openPair } from './pair.ts';

/** The box of an element that is shown. */
async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (!box) throw new Error('It is not shown.');
  return { ...box, bottom: box.y + box.height, right: box.x + box.width };
}

test('the parts of a message stand closer together than two messages', async ({ visitor }) => {
  const { screen } = await openPair(visitor, async ({ ada, group }) => {
    await ada.post(group.id, 'first paragraph\n\nsecond paragraph');
    const next = await ada.post(group.id, 'next message');
    await ada.post(group.id, 'as typde');
    await ada.api('PUT', `/api/messages/${next.id}/pin?groupId=${group.id}`);
  });
  const text = (content: string) => boxOf(screen.timeline.getByText(content, { exact: true }));
  const [first, second, next] = [
    await text('first paragraph'),
    await text('second paragraph'),
    await text('next message'),
  ];
  const pinned = await boxOf(screen.timeline.getByText(/^Pinned by/));
  expect(next.y - second.bottom).toBeGreaterThan(second.y - first.bottom);
  expect(pinned.y - second.bottom).toBeGreaterThan(second.y - first.bottom);
  expect(pinned.y - second.bottom).toBeGreaterThan(next.y - pinned.bottom);
});

test('"(edited)" stands in the last line of the text', async ({ visitor }) => {
  const { screen } = await openPair(visitor, async ({ ada, group }) => {
    const { id } = await ada.post(group.id, 'as typde');
    await ada.api('PATCH', `/api/messages/${id}?groupId=${group.id}`, { content: 'as typed' });
  });
  const text = await boxOf(screen.timeline.getByText('as typed', { exact: true }));
  const mark = await boxOf(screen.timeline.getByText('(edited)'));
  expect(mark.x).toBeGreaterThan(text.right);
  expect(Math.abs(mark.y + mark.height / 2 - (text.y + text.height / 2))).toBeLessThan(4);
});

test('day lines, messages, their toolbar and the composer share one column', async ({
  visitor,
}) => {
  const { page, screen } = await openPair(visitor, async ({ ada, group }) => {
    await ada.post(group.id, 'words '.repeat(60));
  });
  const message = screen.timeline.getByRole('article');
  await message.hover();
  const column = await boxOf(screen.timeline.locator('div:has(> time)'));
  const parts = {
    text: await boxOf(message.locator('> div')),
    toolbar: await boxOf(page.getByRole('toolbar', { name: 'Message actions' })),
    composer: await boxOf(screen.composer.locator('xpath=..')),
  };
  expect(column.width).toBe(760);
  for (const part of Object.values(parts)) expect(part.right).toBeCloseTo(column.right, 0);
  expect(parts.composer.x).toBeCloseTo(column.x, 0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`code is legible in a ${colorScheme} page, in a hovered message and in a mention`, async ({
    visitor,
  }) => {
    const code =
      'see `25`\n```ts\n// counts\nexport const count = (n: number) => "n" + n * 2;\n```';
    const { page, screen } = await openPair(
      (name) => visitor(name, { colorScheme }),
      async ({ ada, grace, group }) => {
        await grace.post(group.id, `to you: ${code}`);
        await grace.post(group.id, `<@${ada.userId}> ${code}`);
      },
    );
    await expect(screen.timeline.locator('[data-code="comment"]')).toHaveCount(2);
    const plain = screen.timeline.getByRole('article').first();
    const mention = screen.timeline.getByRole('article').last();
    const surface = (element: Locator) =>
      element.evaluate((it) => getComputedStyle(it).backgroundColor);
    await plain.hover();
    await page.waitForFunction(() => document.getAnimations().length === 0);
    for (const row of [plain, mention]) {
      expect(await surface(row)).not.toBe(await surface(row.getByRole('figure')));
      await expect(row.locator('code').last()).toHaveCSS('font-size', '13px');
    }
    await expectAccessible(page);
  });
}
