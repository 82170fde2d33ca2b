import {plainText} from '../../model/problem.ts';
import type {AddressFile} from '../address-schema.ts';
import {controlPatterns, isStripName} from '../control-names.ts';
import type {LayoutFile} from '../layout-schema.ts';
import type {SurfaceFile} from '../surface-schema.ts';
import {addressEntry, type StripAddress, singleEntry, standsWith} from './address-list.ts';
import type {Findings, FoundLamp, ImportNote} from './finding.ts';
import {lampAddress, type Placed, placeControls} from './placing.ts';
import {portPatterns} from './port-pattern.ts';

/** What came out of a file of controls. */
export interface Assembled {
  /** Undefined if not a single control could be carried over. */
  readonly surface: SurfaceFile | undefined;
  /** Absent where the layout that is there does everything as it should be. */
  readonly layout: LayoutFile | undefined;
  readonly notes: readonly ImportNote[];
  /** How many controls and lamps were carried over. */
  readonly carried: number;
}

/** Makes a plain surface of what was found, and a layout where its keys shall do something else than in `base`. */
export function assemble(findings: Findings, base: LayoutFile | undefined, origin: string): Assembled {
  const placed = placeControls(findings.controls);
  const lamps = placeLamps(findings.echoes ? echoedLamps(placed) : findings.lamps, placed);
  const notes = [...findings.notes, ...placed.notes, ...lamps.notes].sort(byLine);
  const carried = placed.names.size + (findings.echoes ? 0 : lamps.carried);
  if (placed.names.size === 0) return {surface: undefined, layout: undefined, notes, carried: 0};
  const strips = Math.max(1, ...[...placed.strips.values()].map((list) => list.length));
  const name = shown(findings.name, 'Imported surface');
  const surface: SurfaceFile = {
    $schema: '../surface.schema.json',
    name,
    maker: shown(findings.maker, 'Imported'),
    dialect: 'plain',
    ports: [...portPatterns(name)],
    unit: 'main',
    strips,
    faders: {
      master: placed.single.has('fader.master'),
      motor: findings.motor && (placed.strips.has('fader.*') || placed.single.has('fader.master')),
    },
    controls: entries(placed.strips, placed.single, strips),
    ...(lamps.carried === 0 ? {} : {lamps: entries(lamps.strips, lamps.single, strips)}),
    notes: [`Imported from ${origin}.`],
    tested: 'Imported from a file of another program; not tried here.',
  };
  return {surface, layout: base && layoutFor(placed, base, name), notes, carried};
}

function entries(
  strips: ReadonlyMap<string, readonly (StripAddress | undefined)[]>,
  single: ReadonlyMap<string, StripAddress>,
  count: number,
): Readonly<Record<string, AddressFile>> {
  return Object.fromEntries(
    controlPatterns.flatMap((pattern): readonly (readonly [string, AddressFile])[] => {
      const list = strips.get(pattern);
      if (list !== undefined) return [[pattern, addressEntry(Array.from({length: count}, (_, strip) => list[strip]))]];
      const alone = single.get(pattern);
      return alone === undefined ? [] : [[pattern, singleEntry(alone)]];
    }),
  );
}

/** The layout of `base` with the tasks that keys have in the file; undefined if it does all of them already. */
function layoutFor({tasks, knob, strips}: Placed, base: LayoutFile, name: string): LayoutFile | undefined {
  const changed = [...tasks].filter(([control, action]) => base.bindings[control] !== action);
  const [first, ...others] = base.layers;
  const turned = strips.has('knob.*') || strips.has('encoder.*') ? knob : undefined;
  const layer =
    first !== undefined && turned !== undefined && first.encoder !== turned ? {...first, encoder: turned} : first;
  if (changed.length === 0 && layer === first) return undefined;
  return {
    ...base,
    $schema: '../layout.schema.json',
    name,
    layers: layer === undefined ? base.layers : [layer, ...others],
    bindings: {...base.bindings, ...Object.fromEntries(changed)},
  };
}

interface PlacedLamps {
  readonly strips: ReadonlyMap<string, readonly (StripAddress | undefined)[]>;
  readonly single: ReadonlyMap<string, StripAddress>;
  readonly notes: readonly ImportNote[];
  readonly carried: number;
}

/** The lamps of keys on strips that are lit by the messages that the keys send. */
function echoedLamps({names}: Placed): readonly FoundLamp[] {
  return [...names.keys()].flatMap(({line, element, target, address}): readonly FoundLamp[] => {
    const {message, number, channel = 1} = address;
    if (target.type !== 'button' || (message !== 'cc' && message !== 'note')) return [];
    return [{line, element, target, message, number, channel, on: 127, off: 0}];
  });
}

/** Lamps stand under the names of the keys that are for the same. */
function placeLamps(lamps: readonly FoundLamp[], {names}: Placed): PlacedLamps {
  const strips = new Map<string, (StripAddress | undefined)[]>();
  const single = new Map<string, StripAddress>();
  const notes: ImportNote[] = [];
  let carried = 0;
  for (const lamp of lamps) {
    const reason = put(lamp);
    if (reason === undefined) carried += 1;
    else notes.push({line: lamp.line, element: lamp.element, reason, outcome: 'left out'});
  }
  return {strips, single, notes, carried};

  function put(lamp: FoundLamp): string | undefined {
    const owner = [...names].find(([{target}]) => isSame(target, lamp.target))?.[1];
    const address = owner === undefined ? undefined : lampAddress(owner, lamp);
    if (owner === undefined || address === undefined) return 'no key here is for the same, and a lamp belongs to a key';
    if (
      [...strips.values(), [...single.values()]].some((list) => list.some((one) => one && isSamePlace(one, address)))
    ) {
      return 'another lamp lives at the same place';
    }
    if (!isStripName(owner)) {
      if (single.has(owner)) return 'its key has a lamp already';
      single.set(owner, address);
      return undefined;
    }
    const [stem = '', number = ''] = owner.split('.');
    const list = strips.get(`${stem}.*`) ?? [];
    const strip = Number(number) - 1;
    if (list[strip] !== undefined) return 'its key has a lamp already';
    if (list.some((one) => one !== undefined && !standsWith(one, address))) {
      return 'the lamp of another strip hears another kind of message or values, and all must hear the same';
    }
    while (list.length < strip) list.push(undefined);
    list[strip] = address;
    strips.set(`${stem}.*`, list);
    return undefined;
  }
}

function isSame(one: FoundLamp['target'], other: FoundLamp['target']): boolean {
  if (one.type === 'button') return other.type === 'button' && one.button === other.button && one.strip === other.strip;
  return one.type === 'task' && other.type === 'task' && one.action === other.action;
}

function isSamePlace(one: StripAddress, other: StripAddress): boolean {
  return one.message === other.message && one.number === other.number && one.channel === other.channel;
}

/** A name as it may stand in our files. */
function shown(text: string, otherwise: string): string {
  return plainText(text).slice(0, 60).trim() || otherwise;
}

/** By line, those of the whole file first. */
function byLine(one: ImportNote, other: ImportNote): number {
  return (one.line ?? 0) - (other.line ?? 0);
}
