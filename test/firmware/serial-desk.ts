import {systemClock} from '../../src/app/clock.ts';
import {createDesk} from '../../src/app/desk.ts';
import type {Desk} from '../../src/app/desk-contract.ts';
import type {LineTransport} from '../../src/app/firmware/attendance.ts';
import {deviceTransport} from '../../src/app/firmware/device-transport.ts';
import {newMixer, newStrip} from '../../src/model/mixer.ts';
import type {Port} from '../../src/transport/contract.ts';
import {type MemoryEngine, memoryEngine} from '../journeys/memory-engine.ts';
import {mappings} from '../journeys/test-desk.ts';

/** A desk in real time, with home-made surfaces on real lines and an engine whose sound never rests. */
export interface SerialDesk {
  readonly desk: Desk;
  readonly engine: MemoryEngine;
  close(): Promise<void>;
}

const soundEveryMs = 40;

/** Eight strips on the lines of a transport; `mayOpen` says which ports are spoken to. */
export function openSerialDesk(lines: LineTransport, mayOpen: (port: Port) => boolean = () => true): SerialDesk {
  const strips = Array.from({length: 8}, (_, index) => newStrip({id: `s${index}`, name: `Strip ${index + 1}`}));
  const engine = memoryEngine(newMixer({strips}));
  const layout = mappings.layouts.find(({id}) => id === 'mixer');
  if (layout === undefined) throw new Error('the layout "mixer" is missing');
  let blocks = 0;
  const desk = createDesk({
    sessionName: 'Lines',
    engine,
    surfaces: mappings.surfaces,
    layout,
    transports: [
      deviceTransport(lines, {
        clock: systemClock,
        mayOpen,
        progress: () => blocks,
        live: () => true,
        notice: () => {},
      }),
    ],
    hasSound: () => true,
    clock: systemClock,
    blockHeard: () => {
      blocks += 1;
    },
    notices: () => [],
    save: () => {},
  });
  let loudness = 0;
  const sound = setInterval(() => {
    loudness += 1;
    const peak = (index: number): number => 10 ** ((-30 + 25 * Math.sin(loudness / 7 + index)) / 20);
    engine.hear(soundEveryMs / 1000, new Map(strips.map((_, index) => [index, {peak: peak(index)}])), 0.5);
  }, soundEveryMs);
  return {
    desk,
    engine,
    async close() {
      clearInterval(sound);
      await desk.close();
    },
  };
}
