import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../env.ts';
import type { RoomRpc } from './room-rpc.ts';

export declare class Room extends DurableObject<Env> {}
export declare interface Room extends RoomRpc {}
