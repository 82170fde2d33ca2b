import type {Port} from './contract.ts';

/** Which ports took their driver with them while they were opened, so that one device does not cost all others of its kind theirs again and again. */
export interface PortBlame {
  /** The driver was lost while these were being opened: one of them may be the cause. */
  lost(opening: readonly Port[]): void;
  /** Opening it came to an end, good or bad: whatever it was blamed for was the fault of another, or is over. */
  answered(port: Port): void;
  /** These are there; what was unplugged is blamed for nothing any more. */
  found(ports: readonly Port[]): void;
  /** Whether it is to be opened alone, so that nothing else is blamed for it. */
  isSuspect(port: Port): boolean;
  /** Why it is left alone now; undefined where it is not. */
  refusal(port: Port): string | undefined;
  /** The same of all ports that are left alone. */
  readonly refusals: readonly string[];
}

interface Suspect {
  readonly name: string;
  /** Drivers in a row that were lost while it was being opened. */
  readonly losses: number;
  /** It is left alone until then. */
  readonly untilMs: number;
}

/** So many losses in a row are no chance. */
const mostLosses = 3;
/** How long a port is left alone at first; twice as long after each time that it is tried in vain. In ms. */
const firstRestMs = 60_000;
const longestRestMs = 1_800_000;

/** `driver`: how it is called in sentences. `now`: milliseconds of a clock that never goes back. */
export function createPortBlame(driver: string, now: () => number): PortBlame {
  const suspects = new Map<string, Suspect>();

  const refusalOf = (suspect: Suspect | undefined): string | undefined => {
    if (suspect === undefined || now() >= suspect.untilMs) return undefined;
    const minutes = Math.ceil((suspect.untilMs - now()) / 60_000);
    const time = minutes === 1 ? 'a minute' : `${minutes} minutes`;
    return `${suspect.name} took the ${driver} driver with it ${suspect.losses} times when it was opened, and is left alone for ${time}`;
  };

  return {
    lost(opening) {
      for (const [id, name] of new Map(opening.map((port) => [port.id, port.name]))) {
        const losses = (suspects.get(id)?.losses ?? 0) + 1;
        const restMs = losses < mostLosses ? 0 : Math.min(longestRestMs, firstRestMs * 2 ** (losses - mostLosses));
        suspects.set(id, {name, losses, untilMs: now() + restMs});
      }
    },
    answered: ({id}) => void suspects.delete(id),
    found(ports) {
      for (const id of [...suspects.keys()]) if (!ports.some((port) => port.id === id)) suspects.delete(id);
    },
    isSuspect: ({id}) => suspects.has(id),
    refusal: ({id}) => refusalOf(suspects.get(id)),
    get refusals() {
      return [...suspects.values()].flatMap((suspect) => refusalOf(suspect) ?? []);
    },
  };
}
