import { expect, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';

test('Markdown is rendered', async ({ visitor }) => {
  const ada = await visitor('Ada', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Marks' });
  const say = (content: string) => ada.post(group.id, content);
  await say('**bold** *italic* ~~gone~~ `code`\nnext line');
  await say('```ts\nconst x = 1;\n```');
  await say('> quoted\n\n- first\n- second\n\n[a link](https://example.com/)');
  const { timeline } = await openGroup(page, group.id);
  await expect(timeline.locator('strong', { hasText: 'bold' })).toBeVisible();
  await expect(timeline.locator('em', { hasText: 'italic' })).toBeVisible();
  await expect(timeline.locator('del', { hasText: 'gone' })).toBeVisible();
  await expect(timeline.locator('blockquote', { hasText: 'quoted' })).toBeVisible();
  await expect(timeline.getByRole('listitem')).toHaveText(['• first', '• second']);
  const link = timeline.getByRole('link', { name: 'a link' });
  await expect(link).toHaveAttribute('href', 'https://example.com/');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  await timeline.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('const x = 1;');
});

test('no message can run scripts or link to unsafe addresses', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Traps' });
  const traps = [
    '<script>window.trapped = 1</script>',
    'a <img src=x onerror="window.trapped=2"> b',
    '[click](javascript:window.trapped=3) [data](data:text/html,hi) [file](file:///etc/passwd)',
    '[case](JaVaScRiPt:window.trapped=4) [tab](java\tscript:window.trapped=5)',
    '![picture](https://example.com/spy.png)',
    '>'.repeat(7_000),
  ];
  for (const content of traps) {
    await ada.post(group.id, content);
  }
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const { timeline } = await openGroup(page, group.id);
  await expect(timeline.getByText('<script>window.trapped = 1</script>')).toBeVisible();
  await expect(
    timeline.getByText('[click](javascript:window.trapped=3)', { exact: false }),
  ).toBeVisible();
  await expect(timeline.locator('img, script')).toHaveCount(0);
  const links = await timeline
    .getByRole('link')
    .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  expect(links).toEqual(['https://example.com/spy.png']);
  expect(await page.evaluate(() => Reflect.get(window, 'trapped'))).toBeUndefined();
  expect(asked.filter((url) => url.includes('example.com'))).toEqual([]);
});

test('each block has the direction of its text, with marks and borders on its own side', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Directions' });
  await ada.post(group.id, 'hello\nשלום\n- פריט\n- item\n\n> ציטוט\n\nfine');
  const { timeline } = await openGroup(page, group.id);
  await expect(timeline.getByText('ציטוט')).toBeVisible();
  const direction = (text: string) =>
    timeline.getByText(text).evaluate((element) => {
      const block = element.closest('li, blockquote') ?? element;
      // The mark of an item.
      const first = block.querySelector('span') ?? block.children[0];
      const side =
        first && first.getBoundingClientRect().left > block.getBoundingClientRect().left + 40;
      return `${getComputedStyle(block).direction} ${side ? 'right' : 'left'}`;
    });
  expect(await direction('פריט')).toBe('rtl right');
  expect(await direction('item')).toBe('ltr left');
  expect(await direction('ציטוט')).toMatch(/^rtl/);
  const lines = await timeline.getByText(/^hello\s/).evaluate((paragraph) => {
    const [text] = paragraph.childNodes;
    if (!text) return [];
    const lefts = [0, 6].map((at) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect().left - paragraph.getBoundingClientRect().left;
    });
    return lefts.map((left) => (left > 100 ? 'right' : 'left'));
  });
  expect(lines).toEqual(['left', 'right']);
});
