import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {openOutbox} from '../../src/app/outbox.ts';
import {loadMappings} from '../../src/mapping/load.ts';
import {unpackReports} from '../../src/model/hid-report.ts';
import {type Cell, type Change, keyLevels} from '../../src/model/picture.ts';
import {createDialect} from '../../src/surface/dialect.ts';
import {pictureBytes} from '../../src/surface/keys/picture.ts';
import {projectFile} from '../project.ts';
import type {Bench} from './bench.ts';

const seconds = 8;
/** The desk looks at what it shows so often. */
const everyMs = 50;
const drawn = 400;

/** What it costs to draw the levels of 32 strips on 32 keys. */
export const keysBench: Bench = {
  name: 'keys',
  about: `A device of 32 drawn keys of 96 × 96, each with name, value and a level that moves at every look (20 a second), for ${seconds} s: drawn, encoded, packed and paced.`,
  async run() {
    const {surfaces} = await loadMappings(fileURLToPath(projectFile('mappings')));
    const surface = surfaces.find(({id}) => id === 'stream-deck-xl');
    const place = surface?.reports?.pictures.get('key.select.1');
    if (surface === undefined || place === undefined) throw new Error('the mapping of the largest keys is missing');
    const dialect = createDialect(surface);
    const outputs = [...surface.outputs.keys()];
    let bytes = 0;
    let pictures = 0;
    const outbox = openOutbox(surface.pace, (packed) => {
      pictures += 1;
      bytes += unpackReports(packed).reduce((sum, report) => sum + report.bytes.length, 0);
    });
    const look = (tick: number): void => {
      const changes = outputs.map((output, index): Change => ({output, cell: keyAt(index, tick), because: 'bench'}));
      outbox.post(dialect.write(changes));
    };
    for (let tick = 0; tick < 20; tick++) {
      look(tick);
      await delay(everyMs);
    }
    [bytes, pictures] = [0, 0];
    const before = process.cpuUsage();
    const startedMs = performance.now();
    for (let tick = 0; performance.now() - startedMs < seconds * 1000; tick++) {
      look(tick);
      await delay(everyMs);
    }
    const took = (performance.now() - startedMs) / 1000;
    const {user, system} = process.cpuUsage(before);
    outbox.close();

    const drawing = process.cpuUsage();
    for (let times = 0; times < drawn; times++) pictureBytes(place, keyAt(times, times));
    const {user: drawnUs} = process.cpuUsage(drawing);
    return {
      figures: [
        {name: 'processor', value: (user + system) / 1e4 / took, unit: '% of one core', bar: {atMost: 25}},
        {name: 'pictures a key', value: pictures / took / outputs.length, unit: 'a second', bar: {atLeast: 5}},
        {name: 'line', value: bytes / took, unit: 'bytes/s', bar: {atMost: surface.pace.bytesPerSecond}},
        {name: 'one picture', value: drawnUs / 1000 / drawn, unit: 'ms of processor'},
      ],
    };
  },
};

function keyAt(index: number, tick: number): Extract<Cell, {type: 'key'}> {
  const level = Math.round((keyLevels / 2) * (1 + Math.sin((tick + 3 * index) / 5)));
  return {
    type: 'key',
    top: `Strip${(index % 32) + 1}`,
    bottom: `-${index % 20}.5`,
    colour: index % 2 === 0 ? 'cyan' : 'yellow',
    hue: 'green',
    brightness: 0.25,
    level,
  };
}
