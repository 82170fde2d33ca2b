/** Opens an engine as a desk does, says which process it is, and waits to be killed. `argv`: the session's folder. */
import {openLiveEngine} from '../../../src/engine/live/live-engine.ts';
import {twoTones} from './live-rig.ts';

const folder = process.argv[2] ?? '';
const engine = await openLiveEngine({
  session: await twoTones(folder, 5),
  cacheFolder: folder,
  lookAheadMs: 80,
  device: 'none',
  onProblem: () => {},
});
engine.apply({type: 'playback.play'});
process.stdout.write(`${engine.processId}\n`);
