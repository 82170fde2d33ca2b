import type {Descriptor} from '../../wire/longthrow/descriptor.ts';
import type {Hello} from '../../wire/longthrow/hello.ts';
import type {Message} from '../../wire/longthrow/message.ts';
import type {Heard, Host} from './host.ts';
import type {KitData} from './vectors.ts';

/** How far a device has come: each level stands on those below. */
export const levels = ['L0', 'L1', 'L2', 'L3', 'L4', 'L5', 'L6'] as const;
export type Level = (typeof levels)[number];

/** What each level is about. */
export const levelNames: Readonly<Record<Level, string>> = {
  L0: 'frames',
  L1: 'hello and descriptor',
  L2: 'inputs',
  L3: 'outputs and lease',
  L4: 'configuration and calibration',
  L5: 'boot hand-off',
  L6: 'long run with losses',
};

/** What a check needs that not every device has. */
export type Need =
  /** Orders of the device in virtual time: hands, a look at what is shown, power cuts. */
  | 'orders'
  /** The descriptor that transcripts are written for. */
  | 'reference'
  | 'restart'
  | 'configuration'
  | 'calibration'
  | 'boot';

/** One thing that a device must do. */
export interface Check {
  readonly id: string;
  readonly level: Level;
  /** R1…R22 of the specification. */
  readonly requirements: readonly string[];
  /** What is so with a device that conforms: a sentence. */
  readonly law: string;
  readonly needs?: readonly Need[];
  readonly run: (bench: Bench) => Promise<void>;
}

/** What a check works with: a host in no session yet, opened for this check alone. */
export interface Bench {
  readonly host: Host;
  readonly data: KitData;
  /** What the device said of itself to begin with. */
  readonly hello: Hello;
  readonly descriptor: Descriptor;
  /** Lateness in ms that the line itself may add. */
  readonly slackMs: number;
  /** A person at the device; undefined if there is none. Resolves when it was told. */
  readonly ask: ((please: string) => void) | undefined;
  /** Notes a fault, with a sentence, unless it is so. */
  expect(isSo: boolean, otherwise: string): void;
  /** Begins a session, with heartbeats; fails the check if nobody answers. */
  greet(options?: GreetOptions): Promise<Hello>;
  /** Sends a reliable message and waits for its acknowledgement: its status, or `silent`. */
  request(message: Message): Promise<number | 'silent'>;
  /** Runs until such a message comes, at most so long. */
  until<T extends Message['type']>(
    type: T,
    limitMs: number,
    wanted?: (message: MessageOf<T>) => boolean,
  ): Promise<HeardOf<T> | undefined>;
  /** All messages of a type that were heard from the `from`th frame on. */
  all<T extends Message['type']>(type: T, from?: number): readonly HeardOf<T>[];
  /** This check ends here, with this fault. */
  failed(fault: string): never;
  /** This check cannot say anything here, and why. */
  notExercised(reason: string): never;
}

/** A message of a type, also of kinds that share a shape. */
export type MessageOf<T extends Message['type']> = Message extends infer Kind
  ? Kind extends {readonly type: infer Own}
    ? T extends Own
      ? Kind & {readonly type: T}
      : never
    : never
  : never;

/** A heard message of a type. */
export type HeardOf<T extends Message['type']> = Heard & {readonly message: MessageOf<T>};

export interface GreetOptions {
  readonly session?: number;
  readonly nonce?: number;
  readonly mtu?: number;
  readonly leaseMs?: number;
  /** Whether heartbeats follow; they do if absent. */
  readonly beats?: boolean;
}
