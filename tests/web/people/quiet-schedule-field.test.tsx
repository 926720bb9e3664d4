import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { QuietScheduleField } from '../../../web/features/people/quiet-schedule-field.tsx';

afterEach(cleanup);

const NIGHTS = { from: '22:00', to: '08:00', days: [1, 2, 3], timeZone: 'Europe/Berlin' };

test('a change builds on the one before, which the server has not answered', () => {
  const onChange = vi.fn();
  const field = (isChanging: boolean) => (
    <QuietScheduleField isChanging={isChanging} onChange={onChange} schedule={NIGHTS} />
  );
  const { rerender } = render(field(false));
  fireEvent.change(screen.getByLabelText('From'), { target: { value: '23:15' } });
  rerender(field(true));
  expect(screen.getByLabelText('From')).toHaveProperty('value', '23:15');
  fireEvent.click(screen.getByRole('button', { name: 'Sun' }));
  expect(onChange).toHaveBeenLastCalledWith({ ...NIGHTS, from: '23:15', days: [1, 2, 3, 0] });
});

test('one that was turned off is turned on again as it was', () => {
  const onChange = vi.fn();
  const { rerender } = render(
    <QuietScheduleField isChanging={false} onChange={onChange} schedule={NIGHTS} />,
  );
  fireEvent.click(screen.getByRole('switch'));
  expect(onChange).toHaveBeenLastCalledWith(null);
  rerender(<QuietScheduleField isChanging={false} onChange={onChange} schedule={null} />);
  fireEvent.click(screen.getByRole('switch'));
  expect(onChange).toHaveBeenLastCalledWith(NIGHTS);
});
