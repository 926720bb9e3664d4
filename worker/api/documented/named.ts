import * as z from 'zod/mini';
import { AppConfig } from '../../../protocol/app-config.ts';
import { Problem } from '../../../protocol/errors.ts';
import { FileChange } from '../../../protocol/file-requests.ts';
import { FilePage, FileSession, SentFile, Storage } from '../../../protocol/files.ts';
import { Health } from '../../../protocol/health.ts';
import { InvitePreview } from '../../../protocol/invite-preview.ts';
import { Invite, InviteList } from '../../../protocol/invites.ts';
import { EventList, InboxEventList, PolledFrames } from '../../../protocol/long-poll.ts';
import { FileReference, Group, Member, Message, User } from '../../../protocol/models.ts';
import { PushConfig, PushHealth, PushSubscription } from '../../../protocol/push.ts';
import { InboxEntry, MessagePage, PinList } from '../../../protocol/rest.ts';
import {
  GroupChange,
  MessageEdit,
  NewGroup,
  NewMessage,
  ProfileChange,
  ThreadChange,
} from '../../../protocol/rest-requests.ts';
import { SettingsChange, UserSettings } from '../../../protocol/settings.ts';
import { FollowedThread, ThreadList, ThreadState } from '../../../protocol/threads.ts';

/** The answer of `GET /api/config`, of which the page parses the parts where it needs them. */
export const ServerConfig = z.extend(AppConfig, PushConfig.shape);

/** The schemas that the OpenAPI document defines once, under `components`, and references by name. */
export const NAMED = {
  AppConfig: ServerConfig,
  EventList,
  FileChange,
  FilePage,
  FileReference,
  FileSession,
  FollowedThread,
  Group,
  GroupChange,
  Health,
  InboxEntry,
  InboxEventList,
  Invite,
  InviteList,
  InvitePreview,
  Member,
  Message,
  MessageEdit,
  MessagePage,
  NewGroup,
  NewMessage,
  PinList,
  PolledFrames,
  Problem,
  ProfileChange,
  PushHealth,
  PushSubscription,
  SentFile,
  SettingsChange,
  Storage,
  ThreadChange,
  ThreadList,
  ThreadState,
  User,
  UserSettings,
};
