import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import wavefile from 'wavefile';
import {isWithin, measured} from './measure.ts';

/**
 * Cases 7 and 8 of Tech 3341, which are 5 and 6 of Tech 3342, are recordings: the EBU gives them to everyone (its loudness test set) but nobody may
 * pass them on. `EBU_TEST_SET=FOLDER npx ava test/gain/loudness/authentic-programme.test.ts` measures them.
 */
const folder = process.env['EBU_TEST_SET'];
const cases = [
  {number: 7, name: /3341-7.*\.wav$/i, lu: 5},
  {number: 8, name: /3341-(?:2011-)?8.*\.wav$/i, lu: 15},
] as const;

for (const {number, name, lu} of cases) {
  test(`Tech 3341 case ${number}, where the EBU’s recording is at hand: −23 LUFS and a range of ${lu} LU`, async (t) => {
    if (folder === undefined) {
      t.is(process.env['EBU_TEST_SET'], undefined);
      t.log('Not measured: EBU_TEST_SET names no folder with the EBU’s loudness test set.');
      return;
    }
    const file = (await readdir(folder)).find((one) => name.test(one));
    t.truthy(file, `no file like ${name} in ${folder}`);
    const wav = new wavefile.WaveFile(await readFile(join(folder, file ?? '')));
    const fullScale = wav.bitDepth === '32f' ? 1 : 2 ** (Number(wav.bitDepth) - 1);
    const [left, right] = wav.getSamples(false) as unknown as [Float64Array, Float64Array];
    const {sampleRate} = wav.fmt as {sampleRate: number};
    const side = (samples: Float64Array): Float32Array => Float32Array.from(samples, (value) => value / fullScale);
    const reading = measured(sampleRate, side(left), {right: side(right)});
    t.true(isWithin(reading.integratedLufs, -23, 0.1), `${reading.integratedLufs}`);
    t.true(isWithin(reading.rangeLu, lu, 1), `${reading.rangeLu}`);
  });
}
