import {plainText} from '../model/problem.ts';
import type {Transport} from '../transport/contract.ts';

/** A line for each driver whose process failed since the desk was started: how it did, how often, and what becomes of it; then one for each port that is left alone for that. */
export function driverNotices(transports: readonly Transport[]): readonly string[] {
  return transports.flatMap(({kind, health}) => {
    if (health === undefined || health.failures === 0) return [];
    const what = `${kind.toUpperCase()}: ${plainText(health.reason)}`;
    const named = health.leftAlone.map((reason) => `${kind.toUpperCase()}: ${plainText(reason)}; unplug it.`);
    if (health.isHopeless)
      return [
        ...named,
        `${what}, again and again; it is tried only every half a minute – unplug what was plugged in last, and see longthrow doctor.`,
      ];
    const times = health.failures === 1 ? 'once' : `${health.failures} times`;
    return [
      ...named,
      `${what}; it was started again (${times} so far), and what is plugged in is opened again by itself.`,
    ];
  });
}
