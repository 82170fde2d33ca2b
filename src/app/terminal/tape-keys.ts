import {jumpSeconds} from '../../machines/playback-moves.ts';
import type {Playback} from '../../model/playback.ts';
import type {Intent} from '../../surface/intent.ts';
import type {Binding, KeyContext} from './key-map.ts';

const numbers = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Keys of the tape: time, loop and markers. `j` waits for a figure and comes as `j1` … `j9`; naming a marker belongs to the view itself. */
export const tapeBindings: readonly Binding[] = [
  {keys: ['space'], about: 'play and stop', ask: () => [{type: 'playback.toggle'}]},
  {keys: [',', '.'], about: `locate ${jumpSeconds} s back, on`, ask: ({playback}, key) => locate(playback, key)},
  {keys: ['home'], about: 'locate to the start', ask: () => [{type: 'playback.locate', frame: 0}]},
  {
    keys: ['r', 'R'],
    about: 'loop; loop this section',
    ask: (_, key) => [{type: key === 'r' ? 'playback.toggleLooping' : 'playback.loopSection'}],
  },
  {
    keys: ['I', 'O'],
    about: 'in, out point of the loop',
    ask: (_, key) => [{type: key === 'I' ? 'playback.setIn' : 'playback.setOut'}],
  },
  {
    keys: ['t', 'T', 'e'],
    about: 'set, remove, name a marker',
    ask: (_, key) => (key === 'e' ? [] : [{type: key === 't' ? 'playback.mark' : 'playback.unmark'}]),
  },
  {
    keys: [';', "'", ...numbers.map((number) => `j${number}`)],
    shown: "; ' j 1-9",
    about: 'marker before, after, 1-9',
    ask: toMarker,
  },
];

function locate({frame, sampleRate}: Playback, key: string): readonly Intent[] {
  const by = jumpSeconds * sampleRate * (key === '.' ? 1 : -1);
  return [{type: 'playback.locate', frame: Math.max(0, frame + by)}];
}

function toMarker(_: KeyContext, key: string): readonly Intent[] {
  if (key === ';') return [{type: 'playback.previousMarker'}];
  return key === "'" ? [{type: 'playback.nextMarker'}] : [{type: 'playback.toMarker', number: Number(key.slice(1))}];
}
