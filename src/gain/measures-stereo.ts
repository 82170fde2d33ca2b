import {dbFromFactor} from '../model/decibel.ts';
import type {Channel} from './channel.ts';
import type {Take} from './moment.ts';
import {same} from './moment.ts';

/** Both sides must be louder than this, and so close to each other, for their correlation to matter, in dBFS and dB. */
const heardDb = -40;
const closeDb = 12;
/** What is quieter than this has no image worth a word, in LUFS. */
const quietLufs = -50;
/** Sides that differ by less than this are one, in LU. */
const equalLu = 0.1;
/** Nothing is told to be quieter, or to lose more, in dB. */
const lowestDb = -120;
const mostLossDb = -40;
const mostLu = 60;

/** Measures of the two sides of a strip or of the mix. */
export const stereoMeasures = {
  correlation: ({image}) => {
    const {correlation, leftDb, rightDb} = image.reading();
    if (correlation === undefined) return undefined;
    const matters = Math.min(leftDb, rightDb) > heardDb && Math.abs(leftDb - rightDb) < closeDb;
    return {toRaise: matters ? correlation : undefined, toClear: correlation, value: correlation};
  },

  monoFold: (channel) => {
    const {monoFoldDb, shortTermLufs} = channel.image.reading();
    if (monoFoldDb === undefined || shortTermLufs === undefined || shortTermLufs < quietLufs) return undefined;
    return same(Math.max(mostLossDb, monoFoldDb));
  },

  balance: (channel, {soloing}) => {
    const {balanceLu, shortTermLufs} = channel.image.reading();
    if (balanceLu === undefined || shortTermLufs === undefined || shortTermLufs < quietLufs) return undefined;
    if (channel.place === 'master' && soloing) return undefined;
    const isLeft = balanceLu > 0;
    return same(Math.min(mostLu, Math.abs(balanceLu)), {side: isLeft ? 'left' : 'right', letter: isLeft ? 'L' : 'R'});
  },

  quieterSide: (channel, {soloing}) => {
    const [left, right] = sidesOf(channel);
    if (left === undefined || right === undefined || (channel.place === 'master' && soloing)) return undefined;
    const [quieter, louder] = left < right ? [left, right] : [right, left];
    const words = {
      side: left < right ? 'left' : 'right',
      letter: left < right ? 'L' : 'R',
      other: louder,
    };
    return {toRaise: louder > heardDb ? quieter : undefined, toClear: quieter, value: quieter, words};
  },

  alike: ({image}) => {
    const {correlation, balanceLu} = image.reading();
    if (correlation === undefined || balanceLu === undefined) return undefined;
    const isEqual = Math.abs(balanceLu) < equalLu;
    return {toRaise: isEqual ? correlation : undefined, toClear: correlation, value: correlation};
  },
} as const satisfies Record<string, Take>;

function sidesOf({sides}: Channel): readonly [number | undefined, number | undefined] {
  const level = (factor: number | undefined): number | undefined =>
    factor === undefined ? undefined : Math.max(lowestDb, dbFromFactor(factor));
  return [level(sides[0].factor()), level(sides[1].factor())];
}
