import test from 'ava';
import {recoveryWords} from '../../src/app/recovery-words.ts';

const none = {entries: 1, rides: 0, steps: 0, moves: 0, spanMs: 0};

const cases: readonly (readonly [given: Partial<typeof none>, told: string | undefined])[] = [
  [{entries: 0}, undefined],
  [{}, 'The last changes were recovered.'],
  [{rides: 1}, '1 ride was recovered.'],
  [{rides: 3, moves: 12, spanMs: 120_000}, '3 rides and 12 moves of 2 minutes were recovered.'],
  [{rides: 3, steps: 1, moves: 2, spanMs: 40_000}, '3 rides, 1 other step and 2 moves of 40 seconds were recovered.'],
  [{steps: 2, spanMs: 1100}, '2 steps of one second were recovered.'],
  [{moves: 1, spanMs: 400}, '1 move was recovered.'],
];

for (const [given, told] of cases) {
  test(`${JSON.stringify(given)} is told as "${told}"`, (t) => {
    t.is(recoveryWords({...none, ...given}), told && `The program ended without saving: ${told}`);
  });
}
