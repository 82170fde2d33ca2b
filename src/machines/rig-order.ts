import {type DeskSection, sectionPlace} from '../model/desk-section.ts';
import type {Surface} from '../model/surface.ts';
import type {PortFacts, UnitKey} from './link.ts';

/** A port that belongs to a surface we know. */
export interface FoundUnit {
  readonly port: PortFacts;
  readonly surface: Surface;
}

/** What ordering needs to know of a unit. */
export interface KnownUnit {
  readonly key: UnitKey;
  readonly surface: Surface;
  readonly port: PortFacts | undefined;
}

/** A unit after the ports changed; `known` is the one it was before. */
export interface MatchedUnit<Known extends KnownUnit> extends KnownUnit {
  readonly known: Known | undefined;
}

/**
 * All units in desk order: those we knew, with their ports or without, and new ones. A port that is still there keeps its
 * unit; one that came gets the unit of its name and surface that has none, so that a replug finds its old place.
 */
export function matchPorts<Known extends KnownUnit>(
  known: readonly Known[],
  found: readonly FoundUnit[],
  sections: readonly DeskSection[] = [],
): readonly MatchedUnit<Known>[] {
  const there = new Map(found.map((unit) => [unit.port.id, unit]));
  const ports = new Map<UnitKey, PortFacts>();
  for (const {key, surface, port} of known) {
    const same = port && there.get(port.id);
    if (same === undefined || same.surface.id !== surface.id || same.port.name !== port?.name) continue;
    ports.set(key, same.port);
    there.delete(same.port.id);
  }
  const fresh: MatchedUnit<Known>[] = [];
  const taken = new Set(known.map(({key}) => key));
  // By id, so that two of one name come in the same order whatever the order of the system's list.
  for (const {port, surface} of [...there.values()].sort((one, other) => compare(one.port.id, other.port.id))) {
    const waiting = known.find(
      (unit) => !ports.has(unit.key) && unit.surface.id === surface.id && nameOf(unit.key) === port.name,
    );
    if (waiting !== undefined) {
      ports.set(waiting.key, port);
      continue;
    }
    const key = freeKey(port.name, taken);
    taken.add(key);
    fresh.push({key, surface, port, known: undefined});
  }
  const kept = known.map((unit) => ({key: unit.key, surface: unit.surface, port: ports.get(unit.key), known: unit}));
  const order = ({key, surface}: KnownUnit): number => sectionPlace(sections, surface.id, key).order;
  return [...kept, ...fresh].sort((one, other) => order(one) - order(other) || inDeskOrder(one, other));
}

/** Where a unit stands in its section. */
export interface UnitPlace {
  readonly section: string;
  readonly firstStrip: number;
}

/** How the units stand. */
export interface Arrangement {
  readonly places: ReadonlyMap<UnitKey, UnitPlace>;
  /** Strips of all units of each section that has any, those whose place is kept included. */
  readonly strips: ReadonlyMap<string, number>;
}

/** Counts the strips of each section through its units, which are in order. */
export function arrange(units: readonly KnownUnit[], sections: readonly DeskSection[] = []): Arrangement {
  const places = new Map<UnitKey, UnitPlace>();
  const strips = new Map<string, number>();
  for (const {key, surface} of units) {
    const {section} = sectionPlace(sections, surface.id, key);
    const firstStrip = strips.get(section) ?? 0;
    places.set(key, {section, firstStrip});
    strips.set(section, firstStrip + surface.strips);
  }
  return {places, strips};
}

function inDeskOrder(one: KnownUnit, other: KnownUnit): number {
  if (one.surface.unit !== other.surface.unit) return one.surface.unit === 'main' ? -1 : 1;
  return (
    (one.surface.bank ?? 0) - (other.surface.bank ?? 0) ||
    compare(nameOf(one.key).replace(/^\d+- /, ''), nameOf(other.key).replace(/^\d+- /, '')) ||
    countOf(one.key) - countOf(other.key) ||
    compare(one.key, other.key)
  );
}

/** Some systems number devices of one name by a prefix, `2- Name`: the first has none. */
function countOf(key: UnitKey): number {
  return Number(/^(\d+)- /.exec(key)?.[1] ?? 1);
}

/** As people count: 2 before 10. */
function compare(one: string, other: string): number {
  return one.localeCompare(other, 'en', {numeric: true});
}

/** `name #1`, or the next number that is free. */
function freeKey(name: string, taken: ReadonlySet<UnitKey>): UnitKey {
  for (let number = 1; ; number += 1) {
    const key = `${name} #${number}`;
    if (!taken.has(key)) return key;
  }
}

function nameOf(key: UnitKey): string {
  return key.replace(/ #\d+$/, '');
}
