import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { GroupForm } from '../../../web/features/groups/group-form.tsx';
import { GroupIcon } from '../../../web/features/groups/group-icon.tsx';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { fileAt, stateAt } from '../../support/group-events.ts';

clearPageAfterEach();

const { group } = stateAt(1);
const imageId = fileAt('us.png').id;
/** What was sent to the server besides the questions for the cookie. */
let sent: unknown[];

beforeEach(() => {
  sent = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (path.endsWith('/session')) return Response.json({ expiresAt: Date.now() + 1e9 });
    sent.push([init?.method, JSON.parse(String(init?.body))]);
    return Response.json(group);
  });
});

function show(shown: string | undefined) {
  return (
    <AsAda>
      <GroupIcon group={{ visibility: 'public', ...(shown !== undefined && { imageId: shown }) }} />
    </AsAda>
  );
}

const imageIn = (container: HTMLElement) =>
  waitFor(() => {
    const image = container.querySelector('img');
    if (!image) throw new Error('no picture');
    return image;
  });

const isHidden = (element: Element | null | undefined) =>
  /(^|[\s:])opacity-0/.test(element?.className ?? '');

test('a group without a picture shows its mark, and asks for nothing', () => {
  const { container } = render(show(undefined));
  expect(container.querySelector('svg')).not.toBeNull();
  expect(container.querySelector('img')).toBeNull();
});

test('the mark stays until the picture is loaded, and then makes room for it', async () => {
  const { container } = render(show(imageId));
  expect(container.querySelector('svg')).not.toBeNull();
  const image = await imageIn(container);
  expect(image.getAttribute('src')).toBe(`/api/files/${imageId}?w=320`);
  const mark = container.querySelector('svg')?.parentElement;
  expect([isHidden(image), isHidden(mark)]).toEqual([true, false]);
  fireEvent.load(image);
  expect([isHidden(image), isHidden(mark)]).toEqual([false, true]);
});

test('a picture that cannot be loaded is asked for twice, and then its mark is shown', async () => {
  const { container, rerender } = render(show(imageId));
  const first = await imageIn(container);
  fireEvent.error(first);
  await waitFor(() => expect(container.querySelector('img')).not.toBe(first));
  fireEvent.error(await imageIn(container));
  await waitFor(() => expect(container.querySelector('img')).toBeNull());
  expect(isHidden(container.querySelector('svg')?.parentElement)).toBe(false);
  const next = fileAt('new.png').id;
  rerender(show(next));
  expect((await imageIn(container)).getAttribute('src')).toContain(next);
});

function openForm(shown: string | undefined, archivedAt?: number) {
  const picture = shown !== undefined && { imageId: shown };
  const archived = archivedAt !== undefined && { archivedAt };
  render(
    <AsAda>
      <GroupForm group={{ ...group, ...picture, ...archived }} onDone={() => undefined} />
    </AsAda>,
  );
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('the form removes a picture with the rest of the change, and only when it is saved', async () => {
  openForm(imageId);
  press('Remove');
  expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
  expect(sent).toEqual([]);
  press('Save');
  const { name, topic } = group;
  await waitFor(() => expect(sent).toEqual([['PATCH', { name, topic, imageId: null }]]));
});

test('the form leaves the picture alone when only the name is changed', async () => {
  openForm(imageId);
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Looms' } });
  press('Save');
  await waitFor(() => expect(sent).toEqual([['PATCH', { name: 'Looms', topic: group.topic }]]));
});

test('an archived group takes no picture, because it takes no file', () => {
  openForm(undefined, 1);
  expect(screen.queryByRole('button', { name: 'Choose picture' })).toBeNull();
});
