import {type EffectKind, effectParameterNames, effectRange} from '../model/effect.ts';
import {masterId} from '../model/mixer.ts';
import {nearestName} from '../model/near-name.ts';
import {isParameterId, type ParameterRange, parameterIds, rangeOf} from '../model/parameter.ts';
import {type Problem, plainText} from '../model/problem.ts';
import type {SessionFile, SessionFileStrip} from './session-file.ts';

/** What the schema cannot say of a session file: names that must exist, ranges of parameters, strips that follow each other in a circle. */
export function checkRouting(file: SessionFile, path: string): readonly Problem[] {
  const strips = file.strips.flatMap((strip, index) => {
    const place = `${path}: strips[${index}]`;
    return [
      ...checkFile(strip, place),
      ...checkParameters(strip.parameters ?? {}, `${place}.parameters`),
      ...checkEffect(strip, place),
      ...checkOutput(strip, file.strips, place),
      ...checkVcas(strip, file.strips, place),
    ];
  });
  return [...strips, ...checkParameters(file.masterParameters ?? {}, `${path}: masterParameters`)];
}

function checkFile({kind = 'stem', file, channel}: SessionFileStrip, place: string): readonly Problem[] {
  if (channel !== undefined) {
    if (kind !== 'stem') return [problem(`${place}.channel`, `is not for a strip of kind "${kind}"`)];
    const hint = 'A strip is a recording, or a channel of a device.';
    return file === undefined ? [] : [problem(`${place}.file`, 'stands beside a channel', hint)];
  }
  if (kind === 'stem') {
    return file === undefined ? [problem(`${place}.file`, 'is missing', 'Name the audio file of this strip.')] : [];
  }
  const hint = `Take it away, or make the strip a "stem".`;
  return file === undefined ? [] : [problem(`${place}.file`, `is not for a strip of kind "${kind}"`, hint)];
}

function checkParameters(values: Readonly<Record<string, number>>, place: string): readonly Problem[] {
  return Object.entries(values).flatMap(([name, value]) =>
    isParameterId(name)
      ? checkRange(rangeOf(name), value, `${place}.${name}`)
      : [unknownName(name, parameterIds, place, 'parameter')],
  );
}

function checkEffect({kind = 'stem', effect}: SessionFileStrip, place: string): readonly Problem[] {
  if (effect === undefined) return [];
  if (kind !== 'return') {
    return [problem(`${place}.effect`, `is not for a strip of kind "${kind}"`, 'Only a "return" has an effect.')];
  }
  return Object.entries(effect.values ?? {}).flatMap(([name, value]) =>
    checkEffectValue(effect.kind, name, value, place),
  );
}

function checkEffectValue(kind: EffectKind, name: string, value: number, place: string): readonly Problem[] {
  const range = effectRange(kind, name);
  const at = `${place}.effect.values`;
  if (range === undefined) return [unknownName(name, effectParameterNames(kind), at, `parameter of a ${kind}`)];
  return checkRange(range, value, `${at}.${name}`);
}

function checkRange({low, high, unit}: ParameterRange, value: number, place: string): readonly Problem[] {
  if (value < low) return [problem(place, `must be ${low} or more`)];
  if (value > high) return [problem(place, `must be ${high} or less`)];
  const whole = unit === 'switch' || unit === 'choice';
  return whole && !Number.isInteger(value) ? [problem(place, 'must be a whole number')] : [];
}

function checkOutput(
  {kind = 'stem', output = masterId}: SessionFileStrip,
  strips: readonly SessionFileStrip[],
  place: string,
): readonly Problem[] {
  if (output === masterId) return [];
  if (kind === 'group' || kind === 'vca') {
    return [problem(`${place}.output`, `must be "${masterId}" for a strip of kind "${kind}"`)];
  }
  return checkTarget(output, 'group', strips, `${place}.output`);
}

function checkVcas(strip: SessionFileStrip, strips: readonly SessionFileStrip[], place: string): readonly Problem[] {
  return (strip.vcas ?? []).flatMap((id, index) => {
    const at = `${place}.vcas[${index}]`;
    const wrong = checkTarget(id, 'vca', strips, at);
    if (wrong.length > 0 || !followsItself(strip, id, strips)) return wrong;
    return [problem(at, `leads "${strip.id}" back to itself`, 'VCAs may follow each other, but not in a circle.')];
  });
}

/** Whether the way from a strip over one of its VCAs comes back to the strip. */
function followsItself(strip: SessionFileStrip, over: string, strips: readonly SessionFileStrip[]): boolean {
  const seen = new Set<string>();
  const next = [over];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (id === strip.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    next.push(...(strips.find((one) => one.id === id)?.vcas ?? []));
  }
  return false;
}

function checkTarget(
  id: string,
  kind: 'group' | 'vca',
  strips: readonly SessionFileStrip[],
  place: string,
): readonly Problem[] {
  const target = strips.find((strip) => strip.id === id);
  if (target?.kind === kind) return [];
  const known = strips.filter((strip) => strip.kind === kind).map((strip) => strip.id);
  const reason = target === undefined ? 'is no strip' : `is a ${target.kind ?? 'stem'}, not a ${kind}`;
  const near = nearestName(id, known);
  const none = `There is no ${kind} in this session.`;
  const hint =
    near === undefined ? (known.length === 0 ? none : `Known here: ${known.join(', ')}.`) : `Did you mean "${near}"?`;
  return [problem(place, `"${shown(id)}" ${reason}`, hint)];
}

function unknownName(name: string, known: readonly string[], place: string, what: string): Problem {
  const near = nearestName(name, known);
  return problem(place, `"${shown(name)}" is no ${what}`, near === undefined ? undefined : `Did you mean "${near}"?`);
}

function shown(text: string): string {
  return plainText(text).slice(0, 60);
}

function problem(path: string, reason: string, hint?: string): Problem {
  return {path, reason, ...(hint === undefined ? {} : {hint}), severity: 'error'};
}
