import { useState } from 'react';
import { GROUP_NAME_CHARACTERS, GROUP_TOPIC_CHARACTERS } from '../../../protocol/limits.ts';
import type { Group } from '../../../protocol/models.ts';
import { useChangeGroup } from '../../api/groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { TextField } from '../../ui/controls/text-field.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Changes a group's name and topic. Escape or Cancel discards the changes. */
export function GroupForm({ group, onDone }: { group: Group; onDone: () => void }) {
  const [name, setName] = useState(group.name);
  const [topic, setTopic] = useState(group.topic);
  const change = useChangeGroup(group.id);
  const fields = change.failure?.fields;
  return (
    <form
      className="flex flex-col gap-4"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The panel closes on Escape too; this one is only for the form.
        event.stopPropagation();
        event.preventDefault();
        onDone();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void change.run({ name, topic }, onDone);
      }}
    >
      <TextField
        autoFocus
        error={fields?.['name'] && `The name ${fields['name']}.`}
        label="Name"
        maxLength={GROUP_NAME_CHARACTERS}
        onChange={(event) => setName(event.target.value)}
        required
        value={name}
      />
      <TextField
        error={fields?.['topic'] && `The topic ${fields['topic']}.`}
        label="Topic"
        maxLength={GROUP_TOPIC_CHARACTERS}
        onChange={(event) => setTopic(event.target.value)}
        value={topic}
      />
      {change.failure && fields === undefined && <Notice>{change.failure.detail}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button busy={change.isPending} look="primary" type="submit">
          Save
        </Button>
      </div>
    </form>
  );
}
