import {findStrip, type SoloMode} from '../../model/mixer.ts';
import {formatClock, type Playback} from '../../model/playback.ts';
import {plainText} from '../../model/problem.ts';
import {tempoText} from '../../model/tempo.ts';
import {currentMarker} from '../../model/timeline.ts';
import {showsReduction} from '../../model/view.ts';
import type {DeskStatus} from '../desk-status.ts';
import {monitorText, referenceText} from './monitor-keys.ts';
import {line, type Style, span, widthOf} from './style.ts';
import {timeCodeWords} from './time-code-words.ts';

/** Cells of the marker's name beside the time. */
const titleNameCells = 12;

const soloWords: Readonly<Record<SoloMode, string>> = {'in-place': '', 'after-fader': 'AFL', 'pre-fader': 'PFL'};

/** Session, time, and whatever is not as usual: layer, strips, solo mode, mute groups. What has no room is left out from the right. */
export function title(status: DeskStatus, width: number, style: Style): string {
  const {playback, mixer} = status;
  const mark = playback.state === 'playing' ? (style.unicode ? '▶' : '>') : style.unicode ? '■' : '#';
  const clock = `${formatClock(playback.frame, playback.sampleRate)} / ${formatClock(playback.lengthFrames, playback.sampleRate)}`;
  const left = [span(' Longthrow ', 'title'), span(` ${plainText(status.sessionName)}`, 'bold')];
  const solo = soloWords[mixer.soloMode];
  const here = currentMarker(playback.markers, playback.frame);
  const ears = monitorText(status.monitor, status.engine.references);
  const right = [
    span(`${mark} ${clock}`, playback.state === 'playing' ? 'good' : 'plain'),
    span(here === undefined ? '' : `  ${plainText(here.name).slice(0, titleNameCells)}`, 'bold'),
    span(playback.looping ? `  ${loopText(playback)}` : '', 'plain'),
    span(solo === '' ? '' : `  ${solo}`, 'hot'),
    span(mixer.activeMuteGroups.length === 0 ? '' : `  muted ${mixer.activeMuteGroups.join(' ')}`, 'alarm'),
    span(ears === '' ? '' : `  ears: ${ears}`, 'hot'),
    span(`  ${viewText(status)} `, 'plain'),
  ];
  const gap = Math.max(1, width - widthOf(left) - widthOf(right));
  return line([...left, span(' '.repeat(gap), 'plain'), ...right], width, style);
}

/** `loop`, or `loop 0:10.0-0:20.0` where it is not the whole tape. */
export function loopText({loop, sampleRate}: Playback): string {
  if (loop === undefined) return 'loop';
  return `loop ${formatClock(loop.inFrame, sampleRate)}-${formatClock(loop.outFrame, sampleRate)}`;
}

/** `layer level`, `returns, layer send1`, `in Drums, layer level flipped`. */
function viewText({view, mixer}: DeskStatus): string {
  const spilled = view.spilled === undefined ? undefined : findStrip(mixer, view.spilled)?.name;
  const strips = spilled !== undefined ? `in ${plainText(spilled)}, ` : view.shown === 'all' ? '' : `${view.shown}, `;
  const meters = showsReduction(view) ? ', meters gain reduction' : '';
  return `${strips}layer ${view.layer.id}${view.flipped ? ' flipped' : ''}${meters}`;
}

/** What sounds and what is connected, and the keys that matter most. */
export function footer(status: DeskStatus, width: number, style: Style): string[] {
  const {engine, units, mixer, monitor} = status;
  const surfaces =
    units.length === 0 ? 'no surface' : units.map((unit) => `${plainText(unit.name)} ${unit.state}`).join(', ');
  const sound = engine.output === 'device' ? engine.deviceName : 'silent';
  const late = engine.lateBlocks > 0 ? `, ${engine.lateBlocks} late blocks` : '';
  const law = mixer.panLawDb === 3 ? '' : `  Pan law: -${mixer.panLawDb} dB.`;
  const tempo = `  Tempo: ${tempoText(mixer.tempoBpm)}.`;
  const code = timeCodeWords(status.timeCode)
    .map((words) => `  ${words}.`)
    .join('');
  const {references = []} = engine;
  const compared = references.length === 0 ? '' : `  Reference: ${referenceText(monitor, references)}.`;
  return [
    line(
      [span(` Sound: ${sound}${late}.  Surfaces: ${surfaces}.${code}${law}${tempo}${compared}`, 'dim')],
      width,
      style,
    ),
    line([span(keyLine(width, style), 'plain')], width, style),
  ];
}

/** Keys that are named as far as there is room, the most needed first. */
const rareKeys = [
  '1-9 page',
  'a ack',
  '[ ] bank',
  'k automation',
  'v strips',
  'l layer',
  'f flip',
  '< > pan',
  ', . locate',
  'w write',
];

function keyLine(width: number, style: Style): string {
  const first = [style.unicode ? '←→ strip  ↑↓ fader' : 'arrows strip+fader', 'm mute', 's solo', 'space play'];
  const last = ['? keys', 'q quit'];
  const lineOf = (count: number): string => ` ${[...first, ...rareKeys.slice(0, count), ...last].join('  ')}`;
  const counts = rareKeys.map((_, index) => rareKeys.length - index);
  const count = counts.find((shown) => Array.from(lineOf(shown)).length <= width) ?? 0;
  return lineOf(count);
}
