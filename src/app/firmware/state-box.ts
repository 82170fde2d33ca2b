import type {Message} from '../../wire/longthrow/message.ts';
import type {Ring} from '../../wire/longthrow/rings.ts';
import {travelMessages, travelsOf} from '../../wire/longthrow/travel.ts';
import type {StripWarning} from '../../wire/longthrow/warning-list.ts';

/** What a device should show and was not told yet: the newest value of each control, in as few frames as will do. */
export interface StateBox {
  /** Takes a STATE message of the host; a newer value replaces the one that waits. Others are not taken. */
  put(message: Message): boolean;
  /** Everything that waits, and forgets it; values between that are known go along where that saves a frame. */
  take(mtu: number): readonly Message[];
  /** Forgets what waits and what the device was told. */
  forget(): void;
}

/** Values that go in rows, by the type of their message. */
interface Rows {
  readonly meters: Row<number>;
  readonly lamps: Row<number>;
  readonly colours: Row<number>;
  readonly rings: Row<Ring>;
  readonly warnings: Row<StripWarning>;
}

interface Row<Value> {
  readonly dirty: Set<number>;
  readonly known: Map<number, Value>;
}

interface Run<Value> {
  readonly first: number;
  readonly values: readonly Value[];
}

/** A frame costs about as much as so many values in between. */
const widestGap = 6;
/** Bytes of a frame beside its values: header, check, first and count. */
const rowOverhead = 7;

export function createStateBox(): StateBox {
  const motors = new Map<number, number>();
  const rows: Rows = {meters: newRow(), lamps: newRow(), colours: newRow(), rings: newRow(), warnings: newRow()};

  return {
    put(message) {
      switch (message.type) {
        case 'motors':
          for (const {index, value} of travelsOf(message)) motors.set(index, value);
          return true;
        case 'meters':
        case 'lamps':
          note(rows[message.type], message.first, message.levels);
          return true;
        case 'colours':
          note(rows.colours, message.first, message.colours);
          return true;
        case 'rings':
          note(rows.rings, message.first, message.rings);
          return true;
        case 'warnings':
          note(rows.warnings, message.first, message.warnings);
          return true;
        default:
          return false;
      }
    },
    take(mtu) {
      const travels = [...motors].map(([index, value]) => ({index, value}));
      motors.clear();
      const bytes = mtu - rowOverhead;
      return [
        ...travelMessages('motors', travels),
        ...takeRuns(rows.warnings, bytes).map(
          ({first, values}): Message => ({type: 'warnings', first, warnings: values}),
        ),
        ...takeRuns(rows.lamps, bytes).map(({first, values}): Message => ({type: 'lamps', first, levels: values})),
        ...takeRuns(rows.colours, bytes / 2).map(
          ({first, values}): Message => ({type: 'colours', first, colours: values}),
        ),
        ...takeRuns(rows.rings, bytes / 2).map(({first, values}): Message => ({type: 'rings', first, rings: values})),
        ...takeRuns(rows.meters, bytes).map(({first, values}): Message => ({type: 'meters', first, levels: values})),
      ];
    },
    forget() {
      motors.clear();
      for (const {dirty, known} of Object.values(rows)) {
        dirty.clear();
        known.clear();
      }
    },
  };
}

function newRow<Value>(): Row<Value> {
  return {dirty: new Set(), known: new Map()};
}

function note<Value>({dirty, known}: Row<Value>, first: number, values: readonly Value[]): void {
  for (const [offset, value] of values.entries()) {
    dirty.add(first + offset);
    known.set(first + offset, value);
  }
}

function takeRuns<Value>({dirty, known}: Row<Value>, longest: number): readonly Run<Value>[] {
  const runs: {first: number; values: Value[]}[] = [];
  for (const index of [...dirty].sort((one, other) => one - other)) {
    const value = known.get(index);
    if (value === undefined) continue;
    const last = runs.at(-1);
    const between = last && knownBetween(known, last.first + last.values.length, index);
    if (last !== undefined && between !== undefined && last.values.length + between.length < Math.floor(longest)) {
      last.values.push(...between, value);
    } else runs.push({first: index, values: [value]});
  }
  dirty.clear();
  return runs;
}

/** The values from one number up to another, if all are known and few. */
function knownBetween<Value>(
  known: ReadonlyMap<number, Value>,
  from: number,
  to: number,
): readonly Value[] | undefined {
  if (to - from > widestGap) return undefined;
  const values: Value[] = [];
  for (let index = from; index < to; index++) {
    const value = known.get(index);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}
