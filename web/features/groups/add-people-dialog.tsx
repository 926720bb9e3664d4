import { useState } from 'react';
import type { Group, User } from '../../../protocol/models.ts';
import { useAddMembers } from '../../api/members.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import { PeoplePicker } from './people-picker.tsx';

/** Adds people to a group, as members or as guests. */
export function AddPeopleDialog({ group, onClose }: { group: Group; onClose: () => void }) {
  const [people, setPeople] = useState<readonly User[]>([]);
  const [asGuests, setAsGuests] = useState(false);
  const add = useAddMembers(group.id);
  const userIds = people.map(({ id }) => id);
  return (
    <Dialog
      description="They can read everything in the group, also what was written before."
      onClose={onClose}
      title="Add people"
    >
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void add.run({ userIds, role: asGuests ? 'guest' : 'member' }, onClose);
        }}
      >
        <PeoplePicker chosen={people} label="Names" onChange={setPeople} />
        <label className="flex items-start gap-2.5 text-default">
          <input
            checked={asGuests}
            className="mt-1 size-4 accent-accent"
            onChange={(event) => setAsGuests(event.target.checked)}
            type="checkbox"
          />
          <span>
            Add them as guests
            <span className="block text-secondary text-muted">
              Guests cannot pin messages. Someone who is only ever a guest cannot browse groups.
            </span>
          </span>
        </label>
        {add.failure && <Notice>{add.failure.detail}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button busy={add.isPending} disabled={people.length === 0} look="primary" type="submit">
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
