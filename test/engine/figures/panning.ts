import {blockFrames, createGraph} from '../../../src/engine/graph.ts';
import {newMixer, type PanLawDb, panLawsDb} from '../../../src/model/mixer.ts';
import {renderBlock} from '../graph/rig.ts';
import {answer, fitted, level, multiplier, stem} from '../graph/routing-rig.ts';
import {openStrip} from './strip-rig.ts';
import {createWorst, db, type Worst} from './worst.ts';

const steps = 200;
/** A side that is further down than this is not compared in dB. */
const deepestDb = -70;
const tone = new Float32Array(blockFrames).fill(0.5);

/** What stays equal over the whole way of each law, told from the sound alone: the sum of both sides to a power. */
const exponents: Readonly<Record<PanLawDb, number>> = {3: 2, 4.5: 4 / 3, 6: 1};

/** How far each law is from what it promises, dB, from left to right in hundredths: both sides, their sum, and the centre. */
export async function panFigure(lawDb: PanLawDb): Promise<{readonly worst: Worst; readonly centreDb: number}> {
  const rig = await openStrip(48_000, 1);
  const worst = createWorst();
  let centreDb = Number.NaN;
  for (let step = 0; step <= steps; step++) {
    const pan = (2 * step) / steps - 1;
    const out = rig.hear({pan}, tone, tone, {panLawDb: lawDb});
    const [left, right] = [(out.left[400] ?? 0) / 0.5, (out.right[400] ?? 0) / 0.5];
    const sum = left ** exponents[lawDb] + right ** exponents[lawDb];
    worst.tell((20 / exponents[lawDb]) * Math.log10(sum), `sum at ${pan}`);
    // The angle between both sides turns evenly: at 3 dB a quarter circle.
    const wanted = Math.tan(((pan + 1) * Math.PI) / 4) ** (lawDb / 3);
    const apart = db(right / left) - db(wanted);
    if (Math.abs(db(wanted)) < -deepestDb) worst.tell(apart, `sides at ${pan}`);
    if (step === steps / 2) centreDb = db(left);
    if (step === 0) worst.tell(right === 0 ? db(left) : Number.NaN, 'left end');
    if (step === steps) worst.tell(left === 0 ? db(right) : Number.NaN, 'right end');
  }
  return {worst: worst.found, centreDb};
}

/** Balance: the side it leans to is not touched (samples that differ), the other falls by a cosine (dB). */
export async function balanceFigure(): Promise<{readonly changed: number; readonly worst: Worst}> {
  const rig = await openStrip(48_000);
  const worst = createWorst();
  let changed = 0;
  for (let step = 0; step <= steps; step++) {
    const pan = (2 * step) / steps - 1;
    const out = rig.hear({pan}, tone);
    const [near, far] = pan < 0 ? [out.left, out.right] : [out.right, out.left];
    changed += near.filter((sample) => sample !== 0.5).length;
    const wanted = db(Math.cos((Math.abs(pan) * Math.PI) / 2));
    if (wanted > deepestDb && Math.abs(pan) < 1) worst.tell(db((far[400] ?? 0) / 0.5) - wanted, `${pan}`);
    else worst.tell((far[400] ?? 1) < 1e-3 ? 0 : Number.NaN, `${pan}`);
  }
  return {changed, worst: worst.found};
}

/** Width: what both sides have in common stays, what they differ by is multiplied; dB. */
export async function widthFigure(): Promise<Worst> {
  const rig = await openStrip(48_000);
  const worst = createWorst();
  const [left, right] = [new Float32Array(blockFrames).fill(0.3), new Float32Array(blockFrames).fill(0.1)];
  for (let width = 0; width <= 200; width++) {
    const out = rig.hear({parameters: {width}}, left, right);
    const [l, r] = [out.left[400] ?? 0, out.right[400] ?? 0];
    worst.tell(db((l + r) / 0.4), `middle at ${width} %`);
    if (width === 0) worst.tell(Math.abs(l - r) < 1e-7 ? 0 : Number.NaN, 'mono');
    else worst.tell(db((l - r) / (0.2 * (width / 100))), `sides at ${width} %`);
  }
  return worst.found;
}

/** The pan of a send, by every law, as it comes out of its return; dB. */
export async function sendPanFigure(): Promise<Worst> {
  const worst = createWorst();
  const mixerAt = (pan: number, panLawDb: PanLawDb) =>
    newMixer({
      panLawDb,
      strips: [
        stem('a', {
          channels: 1,
          levelDb: Number.NEGATIVE_INFINITY,
          parameters: {'send1.on': 1, 'send1.levelDb': 0, 'send1.pre': 1, 'send1.pan': pan},
        }),
        answer('r'),
      ],
    });
  const graph = await createGraph({sampleRate: 48_000, mixer: mixerAt(0, 3), effects: [multiplier(1)]});
  const atStart = graph.snapshot();
  for (const lawDb of panLawsDb) {
    for (let step = 0; step <= 40; step++) {
      const pan = step / 20 - 1;
      graph.restore(atStart);
      graph.set(mixerAt(pan, lawDb), true);
      const out = renderBlock(graph, fitted(mixerAt(pan, lawDb), [level(0.5)]), 0);
      const sum = ((out.left[400] ?? 0) / 0.5) ** exponents[lawDb] + ((out.right[400] ?? 0) / 0.5) ** exponents[lawDb];
      worst.tell((20 / exponents[lawDb]) * Math.log10(sum), `${lawDb} dB at ${pan}`);
    }
  }
  return worst.found;
}
