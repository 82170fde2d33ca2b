import {unpackReports} from '../../model/hid-report.ts';
import type {PicturePlace, ReportByte, ReportTemplate} from '../../model/report-traits.ts';
import type {Surface} from '../../model/surface.ts';
import {byteSum, emptySum} from '../../wire/byte-sum.ts';
import {hexWords, type SaidMessage} from '../midi-words.ts';

type Values = ReadonlyMap<ReportByte, number>;

/** Says what packed reports show on a device: the values of lamps, and of each picture a check sum, by which equal ones are known. */
export function reportWords({reports}: Surface): (packed: Uint8Array) => readonly SaidMessage[] {
  const lamps = [...(reports?.lamps ?? [])];
  const pictures = [...(reports?.pictures ?? [])];
  let sum = emptySum;

  return (packed) =>
    unpackReports(packed).flatMap(({way, bytes}): readonly SaidMessage[] => {
      for (const [about, {template}] of lamps) {
        const values = way === template.way ? valuesIn(template, bytes, true) : undefined;
        if (values !== undefined) return [{about, value: [...values.values()].join(' ') || 'on'}];
      }
      for (const [about, place] of pictures) {
        const {packet} = place.traits;
        const values = way === packet.way ? valuesIn(packet, bytes, false) : undefined;
        if (values === undefined || !isAt(place, values)) continue;
        sum = byteSum(bytes.subarray(packet.bytes.length), sum);
        // The first and the middle packets of a picture show nothing yet.
        if (values.has('last') && values.get('last') !== 1) return [];
        const value = `picture ${sum.toString(16).padStart(8, '0')}`;
        sum = emptySum;
        return [{about, value}];
      }
      return [{about: `${way} report ${hexWords(bytes.subarray(0, 2))}`, value: hexWords(bytes.subarray(2, 34))}];
    });
}

/** What stands for the words of a template in a report; undefined if it is another one. */
function valuesIn({bytes: template, size}: ReportTemplate, bytes: Uint8Array, whole: boolean): Values | undefined {
  if (bytes.length < template.length || (whole && bytes.length !== Math.max(size, template.length))) return undefined;
  const values = new Map<ReportByte, number>();
  for (const [index, byte] of template.entries()) {
    if (typeof byte !== 'number') values.set(byte, bytes[index] ?? 0);
    else if (byte !== bytes[index]) return undefined;
  }
  return values;
}

function isAt({key, x, y}: PicturePlace, values: Values): boolean {
  const word = (name: 'x' | 'y'): number => (values.get(`${name}-low`) ?? 0) + 256 * (values.get(`${name}-high`) ?? 0);
  return (!values.has('key') || values.get('key') === key) && word('x') === x && word('y') === y;
}
