import type {Problem} from '../model/problem.ts';
import type {Address, Control} from '../model/surface.ts';
import type {AddressFile} from './address-schema.ts';
import {controlPatterns, isStripName} from './control-names.ts';
import {problemAt} from './file-problems.ts';
import type {WholeSurfaceFile} from './inherit.ts';
import {addressOf, collide, highestOf, kindAt, messagesOfPlace, standsOn} from './wire-address.ts';

/** Where a surface file lists addresses. */
type Field = 'controls' | 'lamps' | 'keys' | 'motors' | 'touches' | 'rings' | 'styles' | 'meters';

interface Listed {
  readonly pattern: string;
  readonly place: readonly PropertyKey[];
  readonly given: AddressFile;
}

/** Whether everything that a plain surface lists in a field lives at one good address of its own. */
export function checkAddresses(path: string, file: WholeSurfaceFile, field: Field): readonly Problem[] {
  const problems: Problem[] = [];
  const taken: {readonly name: string; readonly address: Address}[] = [];
  for (const {pattern, place, given} of listed(file, field)) {
    const kind = kindAt(pattern, given);
    const count = isStripName(pattern) ? file.strips : 1;
    const written = [given, ...(given.also ?? [])].map((one, index) => ({
      one,
      where: index === 0 ? place : [...place, 'also', index - 1],
    }));
    const wrong = written.flatMap(({one, where}) => checkMessage(path, where, one));
    problems.push(...wrong);
    if (wrong.length > 0) continue;
    for (const {one, where} of written)
      problems.push(...checkKind(path, where, field, kind, one), ...checkLists(path, where, one, count));
    for (let strip = 0; strip < count; strip++) {
      if (isStripName(pattern) && !standsOn(given, strip)) continue;
      const name = isStripName(pattern) ? `${pattern.slice(0, -1)}${strip + 1}` : pattern;
      const own = written
        .filter(({one}) => standsOn(one, strip))
        .map(({one, where}) => ({one, where, address: addressOf(one, kind, isStripName(pattern) ? strip : undefined)}));
      const lost = own.find(({address}) => address === undefined);
      if (lost !== undefined) {
        problems.push(problemAt(path, lost.where, `${name} has no number within ${rangeOf(lost.one)}`));
        break;
      }
      const addresses = own.flatMap(({address}) => (address === undefined ? [] : [address]));
      const hit = taken.find((earlier) => addresses.some((address) => collide(earlier.address, address)));
      if (hit !== undefined) {
        const {address} = hit;
        problems.push(problemAt(path, place, `${name} has the same ${sayAddress(address)} as ${hit.name}`));
        break;
      }
      taken.push(...addresses.map((address) => ({name, address})));
    }
  }
  return problems;
}

/** A place names one message. */
function checkMessage(path: string, place: readonly PropertyKey[], given: AddressFile): readonly Problem[] {
  const messages = messagesOfPlace(given);
  if (messages.length === 1) return [];
  const reason = messages.length === 0 ? 'has neither cc nor note' : `has ${messages.join(' and ')} at once`;
  return [problemAt(path, place, reason, '"cc": 7')];
}

/** A list has one number a strip. */
function checkLists(
  path: string,
  place: readonly PropertyKey[],
  given: AddressFile,
  count: number,
): readonly Problem[] {
  const [message] = messagesOfPlace(given);
  return [message && given[message], given.channel].flatMap((list) =>
    Array.isArray(list) && list.length !== count
      ? [problemAt(path, place, `lists ${list.length} numbers for ${count} ${count === 1 ? 'control' : 'strips'}`)]
      : [],
  );
}

function listed(file: WholeSurfaceFile, field: Field): readonly Listed[] {
  if (field === 'rings' || field === 'styles') {
    return Object.entries(file.rings ?? {}).flatMap(([pattern, ring]) => {
      const given = field === 'rings' ? ring : ring?.style;
      const place = ['rings', pattern, ...(field === 'styles' ? ['style'] : [])];
      return given === undefined ? [] : [{pattern, place, given: placeIn(given)}];
    });
  }
  if (field === 'meters') {
    return (['at', 'further'] as const).flatMap((part) => {
      const given = file.meters?.[part];
      return given === undefined ? [] : [{pattern: 'fader.*', place: ['meters', part], given}];
    });
  }
  const addresses = field === 'keys' ? file.pads?.keys : file[field];
  return controlPatterns.flatMap((pattern) => {
    const given = addresses?.[pattern];
    return given === undefined
      ? []
      : [{pattern, place: [...(field === 'keys' ? ['pads'] : []), field, pattern], given}];
  });
}

/** The place of a ring alone. */
function placeIn(given: AddressFile): AddressFile {
  const messages = messagesOfPlace(given).map((message) => [message, given[message]]);
  return Object.fromEntries([...messages, ['channel', given.channel], ['step', given.step]]);
}

/** Whether a message can say what it is to say there. */
function checkKind(
  path: string,
  place: readonly PropertyKey[],
  field: Field,
  kind: Control['kind'],
  given: AddressFile,
): readonly Problem[] {
  const [message] = messagesOfPlace(given);
  const wrong = (reason: string): readonly Problem[] => [problemAt(path, place, reason)];
  if (message === 'program' && field !== 'meters' && (field !== 'controls' || kind !== 'button'))
    return wrong('a program change can only be a key that is pressed');
  if (given.relative !== undefined && (field !== 'controls' || (kind !== 'encoder' && kind !== 'jog')))
    return wrong('relative is for endless encoders');
  const travels = (field === 'controls' || field === 'motors') && (kind === 'fader' || kind === 'knob');
  if (given.reverse !== undefined && !travels) return wrong('reverse is for faders and knobs');
  if (given.also !== undefined && field !== 'controls' && field !== 'touches')
    return wrong('also is for what is heard');
  if (given.press !== undefined && (field !== 'controls' || kind !== 'button')) return wrong('press is for keys');
  return [];
}

function rangeOf(given: AddressFile): string {
  const [message = 'cc'] = messagesOfPlace(given);
  return `${message === 'bend' || message === 'pressure' ? 1 : 0}…${highestOf(message)}`;
}

function sayAddress({message, number, channel}: Address): string {
  return message === 'bend' || message === 'pressure' ? `${message} ${channel}` : `${message} ${number}`;
}
