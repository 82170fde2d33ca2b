import {bounce} from '../../../src/engine/bounce.ts';
import {DeskError} from '../../../src/model/problem.ts';
import {mixerOf} from '../graph/rig.ts';
import {noise} from '../graph/signal.ts';
import {memoryStem} from '../memory-stem.ts';

/** Bounces to the path it is given and prints how that ended; run by a shell that forbids long files. */
const [target = ''] = process.argv.slice(2);
const sound = noise(200_000, 1, 0.5);
const form = {mixer: mixerOf([{}]), stems: [memoryStem(sound, sound)], sampleRate: 48_000, lengthFrames: sound.length};
await bounce({...form, target, format: target.endsWith('.flac') ? 'flac24' : 'pcm24'}).then(
  () => process.stdout.write('written'),
  (error: unknown) => process.stdout.write(error instanceof DeskError ? `${error.code}: ${error.message}` : `${error}`),
);
