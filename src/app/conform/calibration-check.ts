import type {Bench} from './check.ts';
import {inputsOf} from './input-tracker.ts';
import {inputNumbers} from './surface-numbers.ts';

/** Calibrates a fader by orders, well and badly. */
export async function calibrates(bench: Bench): Promise<void> {
  await bench.greet();
  const fader = inputNumbers(bench.descriptor).faders[0] ?? 0;
  const point = (name: 'bottom' | 'unity' | 'top', reading: number): Promise<number | 'silent'> =>
    bench.request({type: 'calibration-point', fader, point: name, reading});
  const attempt = async (low: number, middle: number, high: number, keep: boolean): Promise<number | 'silent'> => {
    await bench.request({type: 'calibration-begin', fader, what: 'position'});
    for (const [name, reading] of [
      ['bottom', low],
      ['unity', middle],
      ['top', high],
    ] as const)
      await point(name, reading);
    return bench.request({type: 'calibration-end', fader, keep});
  };
  const told = async (reading: number): Promise<number | undefined> => {
    await bench.host.order(`reading ${fader} ${reading}`);
    await bench.host.run(30);
    return inputsOf(bench.host.heard).positions.get(fader);
  };
  const isNear = (position: number | undefined, wanted: number): boolean =>
    Math.abs((position ?? -9999) - wanted) <= 70;
  bench.expect((await attempt(100, 400, 500, true)) === 0, 'a good calibration is refused');
  bench.expect((await told(100)) === 0 && (await told(500)) === 0xffff, 'bottom and top are not 0 and FFFF');
  bench.expect(
    isNear(await told(400), 0xc000) && isNear(await told(250), 0x6000),
    'between bottom and unity it is not straight',
  );
  bench.expect((await attempt(100, 110, 120, true)) === 2, 'readings 20 apart are not refused by status 2');
  bench.expect((await attempt(100, 600, 500, true)) === 2, 'unity beyond the top is not refused by status 2');
  bench.expect(
    (await attempt(0, 700, 1000, false)) === 0 && (await told(500)) === 0xffff,
    'a calibration that was dropped is live',
  );
  await bench.request({type: 'calibration-begin', fader, what: 'position'});
  const from = bench.host.heard.length;
  await bench.host.order(`reading ${fader} 321`);
  await bench.host.run(500);
  const readings = bench.all('raw', from);
  bench.expect(readings.length >= 20 && readings.length <= 27, `in 500 ms come ${readings.length} readings`);
  bench.expect(readings.at(-1)?.message.reading === 321, 'RAW tells another reading');
  await bench.request({type: 'calibration-end', fader, keep: false});
}
