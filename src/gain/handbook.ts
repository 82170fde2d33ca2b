import {ruleLimits} from '../model/rule-change.ts';
import type {RuleId} from '../model/warning.ts';
import {lampOfSeverity} from './lamp-pattern.ts';
import type {Place, Rule, Threshold} from './rule.ts';
import {ruleTable} from './rules.ts';
import {fillShort} from './wording.ts';

/** The rule table as people read it, a Markdown table made from the data. */
function ruleHandbook(table: readonly Rule[] = ruleTable): string {
  const head = ['rule', 'listens at', 'on the strip', 'rhythm', 'raised', 'cleared', 'advice'];
  const rows = table.map((rule) => {
    const places = [rule.places.strip, rule.places.master].flatMap((place) => place ?? []);
    const advice = [...new Set(places.map((place) => place.advice))].map(readable).join(' / ');
    return [
      `\`${rule.id}\`${rule.on ? '' : ' (off; beta)'}`,
      whereOf(rule),
      `\`${shortOf(rule)}\``,
      rhythmsOf(rule),
      plain[rule.id]?.[0] ?? `${limitOf(rule, rule.raise)}${waitOf(rule.raiseAfterMs)}${elsewhereOf(rule)}`,
      rule.latched
        ? 'when acknowledged'
        : (plain[rule.id]?.[1] ?? `${limitOf(rule, rule.clear)}${waitOf(rule.clearAfterMs)}`),
      advice,
    ];
  });
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A page with the table between the marks replaced by the table as it is now. */
export function withRuleHandbook(page: string): string {
  const [from, to] = [page.indexOf(openMark), page.indexOf(closeMark)];
  if (from < 0 || to < from) return page;
  return `${page.slice(0, from)}${openMark}\n\n${ruleHandbook()}\n\n${page.slice(to)}`;
}

const openMark = '<!-- The table of rules; made by "npm run generate". -->';
const closeMark = '<!-- End of the table of rules. -->';

/** Limits that read better in words than in numbers. */
const plain: Readonly<Partial<Record<RuleId, readonly [raised: string, cleared: string]>>> = {
  stale: ['no meter data for 500 ms', 'with the third frame that comes'],
  silent: ['nothing above −60 dBFS for 10 s; the output for 5 s', 'above −50 dBFS'],
  name: ['a name that a recorder gave, or none', 'when it has a name'],
};

function whereOf({places}: Rule): string {
  return [places.strip, places.master]
    .flatMap((place) => (place === undefined ? [] : [`${place.tap}${kindsOf(place)}`]))
    .join('; ');
}

function kindsOf({kinds = [], groups = [], stereo}: Place): string {
  const words = [...kinds.map((kind) => `${kind}s`), ...groups, ...(stereo === undefined ? [] : ['stereo'])];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

/** The short text with a value just past the limit. */
function shortOf(rule: Rule): string {
  const [edge = 0] = Object.values<number | readonly [number, number]>(rule.raise).flat();
  const words = {letter: 'L', peak: -0.3, loudness: -14.2, change: edge + 1, side: 'left'};
  const step = rule.measure === 'balance' ? 0.2 : 'below' in rule.raise || 'outside' in rule.raise ? -1 : 1;
  return fillShort(rule.short, edge + step, words);
}

function rhythmsOf({lamp, severity, steps, calms, places}: Rule): string {
  if (lamp !== undefined) return lamp;
  const first = lampOfSeverity(severity);
  const louder = steps.map(
    (step) =>
      `${lampOfSeverity(step.severity)} ${'above' in step ? 'above' : 'below'} ${shown('above' in step ? step.above : step.below)}`,
  );
  const calm = calms === undefined ? [] : [`${lampOfSeverity(calms.severity)} after ${calms.afterMs / 1000} s`];
  const master = places.master?.values?.severity;
  const onMaster = master === undefined ? [] : [`${lampOfSeverity(master)} on the mix bus`];
  return [first, ...louder.slice(0, 1), ...calm, ...onMaster].join('; ');
}

function limitOf({id}: Rule, threshold: Threshold): string {
  const {unit} = ruleLimits[id];
  const behind = unit === '' ? '' : ` ${unit}`;
  if ('above' in threshold) return `above ${shown(threshold.above)}${behind}`;
  if ('atLeast' in threshold)
    return `${shown(threshold.atLeast)}${threshold.atLeast === 1 && unit === 'samples' ? ' sample' : behind} or more`;
  if ('below' in threshold) return `below ${shown(threshold.below)}${behind}`;
  if ('atMost' in threshold) return `${shown(threshold.atMost)}${behind} or less`;
  const [low, high] = 'outside' in threshold ? threshold.outside : threshold.within;
  return `${'outside' in threshold ? 'outside' : 'within'} ${shown(low)} … ${shown(high)}${behind}`;
}

function elsewhereOf(rule: Rule): string {
  const raise = rule.places.strip?.values?.raise;
  return raise === undefined ? '' : `; strips ${limitOf(rule, raise)}`;
}

function waitOf(ms: number): string {
  return ms === 0 ? '' : ` for ${ms / 1000} s`;
}

function shown(value: number): string {
  return `${value}`.replace('-', '−');
}

/** An advice with words in place of what is filled in. */
function readable(advice: string): string {
  return advice.replace(
    /\{[+-]?([a-z]+)(?:\.\d)?(?:[+-]\d+)?\}/g,
    (_, key: string) => `_${key === 'value' ? 'n' : key}_`,
  );
}
