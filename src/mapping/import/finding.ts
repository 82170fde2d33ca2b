import type {GlobalButtonName, MoreButtonName} from '../control-names.ts';

/** What a control of another program's file is for, in our words. Strips count from 0. */
export type ForeignTarget =
  /** Something that moves: a level, a pan, anything of the strip. */
  | {readonly type: 'parameter'; readonly strip: number; readonly parameter: string}
  | {readonly type: 'button'; readonly strip: number; readonly button: 'mute' | 'solo' | 'rec' | 'select'}
  | {readonly type: 'master'}
  /** The level or pan of the strip that is selected. */
  | {readonly type: 'selected'; readonly parameter: 'level' | 'pan'}
  | {readonly type: 'jog'}
  /** A key that is there once: the name it should have here, and what it does. */
  | {readonly type: 'task'; readonly name: GlobalButtonName | MoreButtonName; readonly action: string};

/** Where a control of another program's file lives on the wire. */
export interface ForeignAddress {
  readonly message: 'cc' | 'cc14' | 'note' | 'nrpn' | 'rpn' | 'bend' | 'program';
  /** 0 where the channel is all. */
  readonly number: number;
  /** 1…16, undefined for any. */
  readonly channel: number | undefined;
  /** Values of one step clockwise and one step back, if it is endless. */
  readonly turns: {readonly up: number; readonly down: number} | undefined;
}

/** A control that was found in a file, with the place where it stands. */
export interface FoundControl {
  readonly line: number;
  readonly element: string;
  readonly address: ForeignAddress;
  readonly target: ForeignTarget;
}

/** A lamp that was found in a file: where it lives, and the values with which it is lit and dark. */
export interface FoundLamp {
  readonly line: number;
  readonly element: string;
  readonly target: ForeignTarget;
  readonly message: 'cc' | 'note';
  readonly number: number;
  readonly channel: number;
  readonly on: number;
  readonly off: number;
}

/** What could not be carried over as it stands, and why. */
export interface ImportNote {
  /** From 1; undefined where it is the file as a whole. */
  readonly line: number | undefined;
  readonly element: string;
  readonly reason: string;
  /** `left out`: it is not in our files. `changed`: it is, but not as it was. */
  readonly outcome: 'left out' | 'changed';
}

/** Everything that was found in a file of controls, in its order. */
export interface Findings {
  readonly name: string;
  readonly maker: string;
  readonly motor: boolean;
  /** Keys of strips are lit by the messages that they send. */
  readonly echoes: boolean;
  readonly controls: readonly FoundControl[];
  readonly lamps: readonly FoundLamp[];
  readonly notes: readonly ImportNote[];
}
