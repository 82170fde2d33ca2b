import {formatDb} from '../model/decibel.ts';
import type {Cell, OutputId} from '../model/picture.ts';
import {levelAt, type Taper} from '../model/taper.ts';
import {faderParameter, type View} from '../model/view.ts';
import {isLevel} from './knob.ts';

/** Says what a cell shows, for logs and for the reason of a change. */
export type DescribeCell = (output: OutputId, cell: Cell) => string;

/** Describes cells as they are, with positions in percent of the travel. */
export function describeCell(_output: OutputId, cell: Cell): string {
  switch (cell.type) {
    case 'fader':
      return percent(cell.position);
    case 'ring':
      return `${cell.position === undefined ? 'dark' : `${cell.style} ${percent(cell.position)}`}${cell.centre ? ' •' : ''}`;
    case 'lamp':
    case 'overload':
      return cell.on ? 'on' : 'off';
    case 'warning':
      return cell.severity === 0 ? 'fine' : `${cell.severity} ${cell.rule ?? ''}`.trim();
    case 'pad':
      return cell.hue === 'off' ? 'off' : `${cell.hue} ${Math.round(cell.brightness * 100)} %`;
    case 'text':
      return `“${cell.top}|${cell.bottom}”`;
    case 'key': {
      const lamp = cell.hue === 'off' ? 'off' : `${cell.hue} ${Math.round(cell.brightness * 100)} %`;
      return `“${cell.top}|${cell.bottom}” ${cell.colour}, ${lamp}${cell.level === undefined ? '' : `, level ${cell.level}`}`;
    }
    case 'colour':
      return cell.colour;
    case 'meter':
      return `step ${cell.step}`;
    case 'digits':
      return `“${cell.text}”`;
  }
}

/** The same, with faders in dB wherever they carry levels. */
export function describeInDb(taper: Taper, view: View): DescribeCell {
  const areLevels = isLevel(faderParameter(view)) && !(view.flipped && view.page !== undefined);
  return (output, cell) => {
    const inDb = cell.type === 'fader' && (areLevels || output === 'fader.master');
    return inDb ? `${formatDb(levelAt(taper, cell.position))} dB` : describeCell(output, cell);
  };
}

function percent(position: number): string {
  return `${(position * 100).toFixed(1)} %`;
}
