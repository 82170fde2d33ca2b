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
    const messages = messagesOfPlace(given);
    const [message] = messages;
    if (message === undefined || messages.length > 1) {
      const reason = message === undefined ? 'has neither cc nor note' : `has ${messages.join(' and ')} at once`;
      problems.push(problemAt(path, place, reason, '"cc": 7'));
      continue;
    }
    problems.push(...checkKind(path, place, field, kindAt(pattern, given), given));
    const count = isStripName(pattern) ? file.strips : 1;
    for (const list of [given[message], given.channel]) {
      if (Array.isArray(list) && list.length !== count) {
        problems.push(
          problemAt(path, place, `lists ${list.length} numbers for ${count} ${count === 1 ? 'control' : 'strips'}`),
        );
      }
    }
    for (let strip = 0; strip < count; strip++) {
      if (isStripName(pattern) && !standsOn(given, strip)) continue;
      const name = isStripName(pattern) ? `${pattern.slice(0, -1)}${strip + 1}` : pattern;
      const stripOrNone = isStripName(pattern) ? strip : undefined;
      const addresses = [given, ...(given.also ?? [])].map((one) =>
        addressOf(one, kindAt(pattern, given), stripOrNone),
      );
      if (addresses.some((address) => address === undefined)) {
        problems.push(problemAt(path, place, `${name} has no number within ${rangeOf(message)}`));
        break;
      }
      const own = addresses.flatMap((address) => (address === undefined ? [] : [address]));
      const hit = taken.find((earlier) => own.some((address) => collide(earlier.address, address)));
      if (hit !== undefined) {
        const {address} = hit;
        problems.push(problemAt(path, place, `${name} has the same ${sayAddress(address)} as ${hit.name}`));
        break;
      }
      taken.push(...own.map((address) => ({name, address})));
    }
  }
  return problems;
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
  if (given.press !== undefined && (field !== 'controls' || kind !== 'button')) return wrong('press is for keys');
  return [];
}

function rangeOf(message: Address['message']): string {
  return `${message === 'bend' || message === 'pressure' ? 1 : 0}…${highestOf(message)}`;
}

function sayAddress({message, number, channel}: Address): string {
  return message === 'bend' || message === 'pressure' ? `${message} ${channel}` : `${message} ${number}`;
}
