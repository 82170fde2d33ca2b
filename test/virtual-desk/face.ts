import type {ControlEvent, ControlId} from '../../src/model/control.ts';
import type {Cell, OutputId} from '../../src/model/picture.ts';
import type {MidiMessage} from '../../src/wire/midi-message.ts';

/** How a virtual device speaks, seen from its own side. */
export interface Face {
  /** Deaf and mute to everything but the handshake while false. */
  readonly online: boolean;
  /** What it says when it gets power. Forgets the handshake. */
  powerOn(): readonly Uint8Array[];
  /** What a hand's move sounds like on the wire. */
  say(gesture: ControlEvent): readonly Uint8Array[];
  /** Takes a message of the host: shows what it says on the panel, and answers. */
  hear(message: MidiMessage): readonly Uint8Array[];
  /** Where a fader or knob can really stand nearest to this position: its steps are coarse. */
  nearest(control: ControlId, position: number): number;
}

/** Where a face shows what it was told. */
export interface Panel {
  show(output: OutputId, cell: Cell): void;
  /** A motor is asked to go there. */
  drive(control: ControlId, position: number): void;
  /** The host spoke of something that this device does not have. */
  stray(what: string): void;
}
