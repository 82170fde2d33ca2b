import type {ControlEvent, ControlId} from '../../src/model/control.ts';
import type {Cell, OutputId, Picture} from '../../src/model/picture.ts';
import type {Control, Surface} from '../../src/model/surface.ts';
import {initialStream, step} from '../../src/wire/midi-stream.ts';
import type {Face, Panel} from './face.ts';
import {createHuiFace} from './hui-face.ts';
import {createMackieFace} from './mackie-face.ts';
import {createMotors} from './motors.ts';
import {createPlainFace} from './plain-face.ts';
import {createReportFace} from './report-face.ts';

/** Bytes that went one way in one piece. */
export interface LogEntry {
  readonly to: 'host' | 'device';
  readonly bytes: Uint8Array;
}

/**
 * A surface made of a mapping instead of metal, seen from its own side of the wire: hands move it, motors follow the host,
 * and what it shows can be looked at. It is off at first.
 */
export interface VirtualDevice {
  readonly surface: Surface;
  /** `offline`: it has power and waits for its handshake. */
  readonly state: 'off' | 'offline' | 'online';
  /** Boots: displays dark, motors where they stood; announces itself as its handshake demands. */
  powerOn(): void;
  /** Goes dark, says nothing and hears nothing. */
  powerOff(): void;
  /** Bytes of the host, in any pieces. */
  receive(bytes: Uint8Array): void;

  /** A hand lays a finger on a fader or lifts it; a fader without touch sense says nothing of it. */
  touch(control: ControlId): void;
  release(control: ControlId): void;
  /** A hand brings a fader or knob to a position, 0…1, or as near as its steps allow. */
  move(control: ControlId, position: number): void;
  /** A hand turns an encoder or the jog wheel, positive clockwise. */
  turn(control: ControlId, steps: number): void;
  /** A hand deflects a spring, −1…1; 0 lets it go. */
  deflect(control: ControlId, deflection: number): void;
  press(control: ControlId): void;
  lift(control: ControlId): void;

  /** Where a fader or knob stands, be it by hand or by motor. */
  standsAt(control: ControlId): number;
  /** What it shows: of each output what it was last told, nothing of those never spoken of since it has power. */
  shown(): Picture;
  /** What one output shows. */
  shownAt(output: OutputId): Cell | undefined;
  /** Each time a motor was driven away under the hand. Must stay empty. */
  readonly violations: readonly string[];
  /** What the host said of things that this device does not have. */
  readonly strays: readonly string[];
  /** Everything that went over the wire. */
  readonly log: readonly LogEntry[];
  /** A place in the log, to count from. */
  mark(): number;
  /** What went one way since a mark. */
  since(mark: number, to: LogEntry['to']): {readonly bytes: number; readonly messages: number};
}

export interface VirtualDeviceOptions {
  /** The id it answers to, if it is not the mapping's. */
  readonly deviceId?: number;
}

/** Builds the device; `deliver` takes what it says to the host, at once and in the same call. */
export function createVirtualDevice(
  surface: Surface,
  deliver: (bytes: Uint8Array) => void,
  options: VirtualDeviceOptions = {},
): VirtualDevice {
  const motors = createMotors(surface.faders);
  const picture = new Map<OutputId, Cell>();
  const strays: string[] = [];
  const log: LogEntry[] = [];
  const panel: Panel = {
    show: (output, cell) => picture.set(output, cell),
    drive: motors.drive,
    stray: (what) => strays.push(what),
  };
  const reports = surface.reports === undefined ? undefined : createReportFace(surface, panel);
  const face = reports ?? midiFace(surface, panel, options);
  let powered = false;
  let stream = initialStream;

  const say = (messages: readonly Uint8Array[]): void => {
    for (const bytes of messages) {
      log.push({to: 'host', bytes});
      deliver(bytes);
    }
  };
  const gesture = (event: ControlEvent): void => {
    if (powered && face.online) say(face.say(event));
  };
  const own = (control: ControlId, ...kinds: readonly Control['kind'][]): void => {
    const found = surface.controls.get(control);
    if (found === undefined || !kinds.includes(found.kind)) {
      throw new Error(`${surface.name} has no ${kinds.join(' or ')} ${control}`);
    }
  };

  return {
    surface,
    get state() {
      if (!powered) return 'off';
      return face.online ? 'online' : 'offline';
    },
    powerOn() {
      powered = true;
      stream = initialStream;
      picture.clear();
      say(face.powerOn());
    },
    powerOff() {
      powered = false;
      picture.clear();
    },
    receive(bytes) {
      log.push({to: 'device', bytes: bytes.slice()});
      if (!powered) return;
      if (reports !== undefined) {
        reports.take(bytes);
        return;
      }
      const next = step(stream, bytes);
      stream = next.state;
      for (const message of next.messages) say(face.hear(message));
    },
    touch(control) {
      own(control, 'fader');
      motors.hold(control);
      if (surface.faders.touch === 'sensed') gesture({type: 'fader.touched', control});
    },
    release(control) {
      own(control, 'fader');
      motors.letGo(control);
      if (surface.faders.touch === 'sensed') gesture({type: 'fader.released', control});
    },
    move(control, position) {
      own(control, 'fader', 'knob');
      const nearest = face.nearest(control, Math.min(1, Math.max(0, position)));
      motors.push(control, nearest);
      gesture({type: 'fader.moved', control, position: nearest});
    },
    turn(control, steps) {
      own(control, 'encoder', 'jog');
      gesture({type: 'encoder.turned', control, steps});
    },
    deflect(control, deflection) {
      own(control, 'spring');
      gesture({type: 'spring.moved', control, deflection});
    },
    press(control) {
      own(control, 'button');
      gesture({type: 'button.pressed', control});
    },
    lift(control) {
      own(control, 'button');
      gesture({type: 'button.released', control});
    },
    standsAt: motors.positionOf,
    shown: () => {
      reports?.look();
      return new Map(picture);
    },
    shownAt(output) {
      reports?.look();
      return picture.get(output);
    },
    violations: motors.violations,
    strays,
    log,
    mark: () => log.length,
    since(mark, to) {
      const sent = log.slice(mark).filter((entry) => entry.to === to);
      return {
        bytes: sent.reduce((sum, {bytes}) => sum + bytes.length, 0),
        messages: sent.length,
      };
    },
  };
}

function midiFace(surface: Surface, panel: Panel, {deviceId}: VirtualDeviceOptions): Face {
  switch (surface.dialect) {
    case 'mackie':
      return createMackieFace(surface, panel, deviceId);
    case 'hui':
      return createHuiFace(surface, panel);
    default:
      return createPlainFace(surface, panel);
  }
}
