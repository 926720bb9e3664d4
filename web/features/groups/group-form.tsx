import { useState } from 'react';
import { GROUP_NAME_CHARACTERS, GROUP_TOPIC_CHARACTERS } from '../../../protocol/limits.ts';
import type { Group } from '../../../protocol/models.ts';
import { useChangeGroup } from '../../api/groups.ts';
import { useChange } from '../../api/use-change.ts';
import { type ChosenPicture, uploadPicture } from '../../realtime/uploads/group-picture.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { Button } from '../../ui/controls/button.tsx';
import { TextField } from '../../ui/controls/text-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type PictureChoice, PictureField } from './picture-field.tsx';

/** Changes a group's name, topic and picture. Escape or Cancel discards the changes. */
export function GroupForm({ group, onDone }: { group: Group; onDone: () => void }) {
  const [name, setName] = useState(group.name);
  const [topic, setTopic] = useState(group.topic);
  const [picture, setPicture] = useState<PictureChoice>();
  const session = useSignedIn();
  const place = { session, groupId: group.id };
  const upload = useChange((chosen: ChosenPicture) => uploadPicture(place, chosen));
  const change = useChangeGroup(group.id);
  const failure = (picture && upload.failure) ?? change.failure;
  const fields = change.failure?.fields;

  async function save(): Promise<void> {
    if (!picture) {
      await change.run({ name, topic, ...(picture === null && { imageId: null }) }, onDone);
      return;
    }
    const uploaded = await upload.run(picture);
    if (uploaded.ok) await change.run({ name, topic, imageId: uploaded.value.id }, onDone);
  }

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
        void save();
      }}
    >
      {group.archivedAt === undefined && (
        <PictureField choice={picture} group={group} onChoose={setPicture} />
      )}
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
      {failure && !(fields?.['name'] || fields?.['topic']) && <Notice>{failure.detail}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button busy={upload.isPending || change.isPending} look="primary" type="submit">
          Save
        </Button>
      </div>
    </form>
  );
}
