import {DeskError} from '../../model/problem.ts';
import {configKeys} from '../../wire/longthrow/configuration.ts';
import {u16Bytes} from '../../wire/longthrow/little-endian.ts';
import {textOf, utf8Of} from '../../wire/longthrow/text.ts';
import {exitCode} from '../exit-code.ts';
import {order, print, talking} from './firmware.ts';

/** Names of the values, as they are written on the command line. */
const names: Readonly<Record<string, number>> = {
  label: configKeys.label,
  bank: configKeys.bank,
  bottom: configKeys.bottom,
  unity: configKeys.unity,
  top: configKeys.top,
  'dead-band': configKeys.deadBand,
  'touch-threshold': configKeys.touchThreshold,
  'touch-hysteresis': configKeys.touchHysteresis,
};
const longestLabel = 12;

/** A value by its name, and its fader from 1 where it is a fader's: `bottom.3`. Throws a DeskError where there is none. */
export function keyOf(text: string): {readonly key: number; readonly control: number} {
  const [name = '', number] = text.split('.');
  const key = names[name];
  const ofFader = key !== undefined && key >= configKeys.bottom;
  const control = number === undefined ? 0 : Number(number) - 1;
  if (key === undefined || ofFader !== (number !== undefined) || !(control >= 0 && control < 256)) {
    const known = Object.entries(names).map(([one, at]) => (at >= configKeys.bottom ? `${one}.FADER` : one));
    throw new DeskError('usage', `There is no value "${text}". There are: ${known.join(', ')} (faders count from 1).`);
  }
  return {key, control};
}

/** The bytes of a value as it is written. Throws a DeskError where it is none. */
function valueFrom(key: number, text: string): Uint8Array {
  if (key === configKeys.label) return utf8Of(text, longestLabel);
  const value = Number(text);
  const highest = key === configKeys.bank ? 0xff : 0xffff;
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > highest)
    throw new DeskError('usage', `Give a whole number from 0 to ${highest}.`);
  return key === configKeys.bank ? Uint8Array.of(value) : Uint8Array.from(u16Bytes(value));
}

/** A value as it is said: the label is text, all others are numbers. */
export function configValue(key: number, value: Uint8Array): string | number {
  if (key === configKeys.label) return textOf(value);
  return (value[0] ?? 0) | ((value[1] ?? 0) << 8);
}

/** Says a value. */
export function getConfig(path: string, name: string, {json}: {readonly json?: boolean}): Promise<number> {
  const at = keyOf(name);
  return talking(path, async (talk) => {
    const {value} = await talk.askFor({type: 'config-get', ...at}, 'config-value');
    const said = configValue(at.key, value);
    print(json ? JSON.stringify({schemaVersion: 1, name, value: said}, null, 2) : String(said));
    return exitCode.ok;
  });
}

/** Sets a value: live at once; kept over a restart only with `commit`. */
export function setConfig(
  path: string,
  name: string,
  text: string,
  {commit}: {readonly commit?: boolean},
): Promise<number> {
  const at = keyOf(name);
  const value = valueFrom(at.key, text);
  return talking(path, async (talk) => {
    await talk.ask({type: 'config-set', ...at, value});
    if (commit) await talk.askFor(order('config-commit'), 'config-stored');
    print(commit ? 'Set and kept.' : 'Set until it restarts; "config commit" keeps it.');
    return exitCode.ok;
  });
}

/** Keeps what is live over a restart. */
export function commitConfig(path: string): Promise<number> {
  return talking(path, async (talk) => {
    const {generation} = await talk.askFor(order('config-commit'), 'config-stored');
    print(`Kept (commit ${generation}).`);
    return exitCode.ok;
  });
}
