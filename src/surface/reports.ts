import type {Cell, OutputId} from '../model/picture.ts';
import type {Surface} from '../model/surface.ts';
import {darkCell} from './dark-cell.ts';
import type {Dialect, Outgoing} from './dialect.ts';
import {pictureBytes} from './keys/picture.ts';
import {createReportReader} from './reports/hand.ts';
import {lampBytes} from './reports/lamps.ts';
import {readTouch} from './reports/touch.ts';

type KeyCell = Extract<Cell, {type: 'key'}>;

/**
 * HID reports as one surface speaks them: where each control lies in what it says, and what is written for each lamp and picture, are data of the mapping.
 * What is heard is one report at a time; what is sent is packed reports, a picture in one piece, drawn when its turn comes.
 */
export function createReportDialect(surface: Surface): Dialect {
  const {outputs, reports} = surface;
  const readHand = createReportReader(surface);
  const drawn = new Map<OutputId, KeyCell>();

  const lamp = (id: OutputId, cell: Cell, because: string): readonly Outgoing[] => {
    const report = reports?.lamps.get(id);
    const bytes = report && lampBytes(surface, report, cell);
    if (bytes === undefined) return [];
    return [{key: id, lane: cell.type === 'meter' ? 'meter' : 'state', bytes, because}];
  };
  const picture = (id: OutputId, cell: KeyCell, because: string): readonly Outgoing[] => {
    const place = reports?.pictures.get(id);
    if (place === undefined) return [];
    const before = drawn.get(id);
    drawn.set(id, cell);
    let bytes: Uint8Array | undefined;
    return [
      {
        key: id,
        lane: before !== undefined && differsInLevelOnly(before, cell) ? 'picture' : 'state',
        // Many pictures are replaced by newer ones while they wait: those are never drawn.
        get bytes() {
          bytes ??= pictureBytes(place, cell);
          return bytes;
        },
        because,
      },
    ];
  };

  return {
    hello() {
      drawn.clear();
      return surface.greeting;
    },
    read: (report) => [...readHand(report), ...readTouch(surface, report)],
    write: (changes) =>
      changes.flatMap(({output: id, cell, because}) => {
        if (outputs.get(id)?.type !== cell.type) return [];
        return cell.type === 'key' ? picture(id, cell, because) : lamp(id, cell, because);
      }),
    goodbye: () => [
      ...[...outputs.values()].flatMap((output) => {
        const dark = darkCell(output);
        return dark === undefined ? [] : lamp(output.id, dark, 'goodbye').map(({bytes}) => bytes);
      }),
      ...surface.farewell,
    ],
  };
}

function differsInLevelOnly(one: KeyCell, other: KeyCell): boolean {
  return (
    one.top === other.top &&
    one.bottom === other.bottom &&
    one.colour === other.colour &&
    one.hue === other.hue &&
    one.brightness === other.brightness
  );
}
