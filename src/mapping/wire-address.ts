import type {Address, Control} from '../model/surface.ts';
import type {AddressFile} from './surface-schema.ts';

/**
 * Where the control or lamp of one strip (from 0; undefined for what stands alone) lives, or undefined if the numbers
 * given in the file do not reach that far or leave 0…127. An endless encoder's `on` and `off` are the values of one step
 * clockwise and one step back.
 */
export function addressOf(file: AddressFile, kind: Control['kind'], strip: number | undefined): Address | undefined {
  const index = strip ?? 0;
  const message = file.cc === undefined ? 'note' : 'cc';
  const number = counted(file.cc ?? file.note, index, file.step ?? 1);
  if (number === undefined || number < 0 || number > 127) return undefined;
  const channel = counted(file.channel, index, 0);
  if (Array.isArray(file.channel) && channel === undefined) return undefined;
  const endless = kind === 'encoder' || kind === 'jog';
  return {message, channel, number, on: file.on ?? (endless ? 1 : 127), off: file.off ?? (endless ? 65 : 0)};
}

/** Whether a strip (from 0) has this control or lamp at all: a list may leave strips out. */
export function standsOn({cc, note}: AddressFile, strip: number): boolean {
  const given = cc ?? note;
  return !Array.isArray(given) || given[strip] !== null;
}

function counted(
  given: number | readonly (number | null)[] | undefined,
  index: number,
  step: number,
): number | undefined {
  if (given === undefined) return undefined;
  return typeof given === 'number' ? given + index * step : (given[index] ?? undefined);
}

/** Whether two controls would hear the same message; no channel means all channels. */
export function collide(one: Address, other: Address): boolean {
  return (
    one.message === other.message &&
    one.number === other.number &&
    (one.channel === undefined || other.channel === undefined || one.channel === other.channel)
  );
}
