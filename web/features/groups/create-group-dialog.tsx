import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { GROUP_NAME_CHARACTERS, GROUP_TOPIC_CHARACTERS } from '../../../protocol/limits.ts';
import type { User, Visibility } from '../../../protocol/models.ts';
import { useCreateGroup } from '../../api/groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { TextField } from '../../ui/controls/text-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import { PeoplePicker } from './people-picker.tsx';
import { VisibilityChoice } from './visibility-choice.tsx';

/** Creates a group and opens it. */
export function CreateGroupDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [visibility, setVisibility] = useState<Visibility>('public');
  const [people, setPeople] = useState<readonly User[]>([]);
  const create = useCreateGroup();
  const fields = create.failure?.fields;

  function submit(): void {
    const memberIds = people.map(({ id }) => id);
    void create.run({ kind: 'group', name, topic, visibility, memberIds }, (group) => {
      onClose();
      navigate(`/g/${group.id}`);
    });
  }

  return (
    <Dialog
      description="A group is a place to talk about one thing."
      onClose={onClose}
      title="Create a group"
    >
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          autoComplete="off"
          error={fields?.['name'] && `The name ${fields['name']}.`}
          label="Name"
          maxLength={GROUP_NAME_CHARACTERS}
          onChange={(event) => setName(event.target.value)}
          placeholder="Weekend hikes"
          required
          value={name}
        />
        <TextField
          autoComplete="off"
          error={fields?.['topic'] && `The topic ${fields['topic']}.`}
          label="Topic (optional)"
          maxLength={GROUP_TOPIC_CHARACTERS}
          onChange={(event) => setTopic(event.target.value)}
          placeholder="Where to next?"
          value={topic}
        />
        <VisibilityChoice onChange={setVisibility} value={visibility} />
        <PeoplePicker label="Add people (optional)" chosen={people} onChange={setPeople} />
        {create.failure && fields === undefined && <Notice>{create.failure.detail}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            busy={create.isPending}
            disabled={name.trim() === ''}
            look="primary"
            type="submit"
          >
            Create group
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
