import {masterId, type Strip, type StripId} from '../model/mixer.ts';
import type {Cell, Change, OutputId, Picture} from '../model/picture.ts';
import type {Reading} from '../model/reading.ts';
import type {Surface} from '../model/surface.ts';
import type {DescribeCell} from '../surface/cell-text.ts';
import {diff} from '../surface/diff.ts';
import {noMetersSent, paceMeters} from '../surface/meter-pace.ts';
import {type MeterInput, renderMeters} from '../surface/render-meters.ts';

/** What a unit is believed to show, and whose faders are in hands. */
export interface UnitPicture {
  /** Sends what differs from what is shown. Faders that are held are left to the hand. */
  show(wanted: Picture, describe: DescribeCell): void;
  /** The same for meters, as often as the device takes them. */
  showMeters(
    input: Pick<MeterInput, 'view' | 'mixer' | 'firstStrip'>,
    readingOf: (strip: StripId) => Reading | undefined,
    nowMs: number,
  ): void;
  /** A hand is on a fader. */
  hold(output: OutputId): void;
  /** The hand is off: where the fader stands is not known. */
  free(output: OutputId): void;
  /** The device changed these by itself: what they show is not known. */
  forget(outputs: Iterable<OutputId>): void;
  /** Other strips lie under the meters: what they showed is no measure for these. */
  forgetMeters(): void;
  /** Nothing is known of what it shows. */
  forgetAll(): void;
}

export interface UnitPictureHost {
  send(changes: readonly Change[]): void;
  /** A motor is sent somewhere. */
  driven(output: OutputId, position: number): void;
}

/** A picture of which nothing is known. */
export function createUnitPicture(surface: Surface, host: UnitPictureHost): UnitPicture {
  const held = new Set<OutputId>();
  const shown = new Map<OutputId, Cell>();
  let meters: Picture = new Map<OutputId, Cell>();
  let sentMeters = noMetersSent;

  return {
    show(wanted, describe) {
      const changes = diff(shown, wanted, held, describe);
      if (changes.length === 0) return;
      for (const {output, cell} of changes) {
        shown.set(output, cell);
        if (cell.type === 'fader') host.driven(output, cell.position);
      }
      host.send(changes);
    },
    showMeters(input, readingOf, nowMs) {
      if (surface.meters === undefined) return;
      const readings = {readingOf: ({id}: Strip) => readingOf(id), master: readingOf(masterId)};
      meters = renderMeters({surface, ...input, ...readings, previous: meters});
      const paced = paceMeters(surface.meters, sentMeters, meters, nowMs);
      sentMeters = paced.sent;
      host.send(paced.changes);
    },
    hold: (output) => held.add(output),
    free(output) {
      held.delete(output);
      shown.delete(output);
    },
    forget(outputs) {
      for (const output of outputs) shown.delete(output);
    },
    forgetMeters() {
      meters = new Map();
    },
    forgetAll() {
      shown.clear();
      meters = new Map();
      sentMeters = noMetersSent;
    },
  };
}
