import type {ReportPlace} from '../../model/report-traits.ts';
import {fineOffset} from '../../wire/address-value.ts';
import type {Finding} from './finding.ts';
import type {Place} from './tracks.ts';

/** Where something lives, for people. */
function placeWords({message, channel, number}: Place): string {
  switch (message) {
    case 'cc':
      return `controller ${number}, channel ${channel}`;
    case 'cc14':
      return `controllers ${number} and ${number + fineOffset}, channel ${channel}`;
    case 'nrpn':
    case 'rpn':
      return `${message.toUpperCase()} ${number}, channel ${channel}`;
    case 'bend':
      return `pitch bend, channel ${channel}`;
    case 'pressure':
      return `pressure, channel ${channel}`;
    case 'poly':
      return `pressure of note ${number}, channel ${channel}`;
    case 'program':
      return `program ${number}, channel ${channel}`;
    case 'note':
      return `note ${number}, channel ${channel}`;
  }
}

/** What was found out, for people. */
export function findingWords(finding: Finding): string {
  if (finding.type === 'field') return fieldWords(finding.place);
  const place = placeWords(finding.place);
  switch (finding.type) {
    case 'travel': {
      const steps = Math.round(finding.top / finding.step) + 1;
      const touch = finding.touch === undefined ? '' : `; feels the hand (${placeWords(finding.touch)})`;
      return `${place}, 0 to ${finding.top} in ${steps} steps${touch}${upsideDown(finding.reverse)}`;
    }
    case 'turn':
      return `${place}, endless: ${finding.encoding.up} is one to the right, ${finding.encoding.down} one to the left`;
    case 'press':
      return `${place}, ${finding.press === 'gate' ? 'press and release' : finding.press === 'toggle' ? 'on and off by turns' : 'press only'}`;
  }
}

function fieldWords({start, at, field}: ReportPlace): string {
  const [number] = start;
  const report = number === undefined ? '' : ` of report ${number}`;
  switch (field.type) {
    case 'bit':
      return `bit ${field.bit} of byte ${at}${report}`;
    case 'code':
      return `byte ${at}${report}, ${field.code} while it is pressed`;
    case 'counter':
      return `byte ${at}${report}, endless: it counts${turnedRound(field.reverse)}`;
    case 'relative':
      return `byte ${at}${report}, endless: it tells steps${turnedRound(field.reverse)}`;
    case 'spring':
      return `${bytesWords(at, field.bytes)}${report}, ${field.span} to both sides and back${turnedRound(field.reverse)}`;
    case 'position':
      return `${bytesWords(at, field.bytes)}${report}, ${field.bottom} to ${field.top}${upsideDown(field.reverse)}`;
  }
}

function bytesWords(at: number, bytes: 1 | 2): string {
  return bytes === 1 ? `byte ${at}` : `bytes ${at} and ${at + 1}`;
}

/** A hand that began at the wrong end looks the same. */
function upsideDown(reverse: boolean): string {
  return reverse ? ', the other way round (b, and once more, if the hand began at the other end)' : '';
}

function turnedRound(reverse: boolean): string {
  return reverse ? ', the other way round' : '';
}
