import {formatDb} from '../../model/decibel.ts';
import {masterId} from '../../model/mixer.ts';
import {formatClock} from '../../model/playback.ts';
import {plainText} from '../../model/problem.ts';
import {currentMarker} from '../../model/timeline.ts';
import type {DeskStatus} from '../desk-status.ts';
import {timeCodeWords} from './time-code-words.ts';
import {loopText} from './title.ts';

/** One line a second for logs and pipes: time, the bus, and what needs attention. */
export function statusLine(status: DeskStatus): string {
  const {playback, engine} = status;
  const bus = status.reading(masterId)?.peakDb;
  const open = status.warnings.filter((warning) => !warning.acknowledged);
  const warned = open.slice(0, 4).map((warning) => {
    const name = status.mixer.strips.find((strip) => strip.id === warning.strip)?.name ?? 'Master';
    return `${plainText(name)} ${warning.short}`;
  });
  const more = open.length > warned.length ? ` and ${open.length - warned.length} more` : '';
  const surfaces = status.units.map((unit) => `${plainText(unit.name)} ${unit.state}`).join(', ') || 'no surface';
  const here = currentMarker(playback.markers, playback.frame);
  const place = `${here === undefined ? '' : ` in ${plainText(here.name)}`}${playback.looping ? `, ${loopText(playback)}` : ''}`;
  return [
    `${formatClock(playback.frame, playback.sampleRate)} ${playback.state}${place}`,
    bus === undefined ? 'bus unknown' : `bus ${formatDb(bus, '-inf')} dBFS`,
    warned.length === 0 ? (bus === undefined ? 'no levels' : 'no warnings') : `${warned.join(', ')}${more}`,
    surfaces,
    `${engine.output} output, ${engine.lateBlocks} late`,
    ...timeCodeWords(status.timeCode),
  ].join(' | ');
}
