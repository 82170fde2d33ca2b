import type {Action, Layout} from '../model/layout.ts';
import type {Surface} from '../model/surface.ts';
import {actionWords} from './action-words.ts';
import type {SurfaceGuide} from './compile.ts';
import {controlPatterns, covers, isStripName} from './control-names.ts';
import {sayControl} from './control-words.ts';

/** Headings in their order, and the beginnings of the actions under each. */
export const groups: readonly (readonly [heading: string, ...beginnings: readonly string[]])[] = [
  ['On each strip', 'strip.', 'value:'],
  ['Selected strip and master', 'selected.', 'master.'],
  ['What is shown', 'view.', 'layer:', 'page:', 'show:', 'display.'],
  ['Tape', 'playback.', 'marker:'],
  ['Gain and warnings', 'warnings.', 'gain.', 'meters.'],
  ['Automation', 'automation.'],
  ['Monitor and desk', ''],
];

interface Row {
  readonly group: number;
  readonly cells: readonly string[];
}

/** What the controls of a surface do in a layout, in tables by what they are for. Markdown lines. */
export function layoutTables(surface: Surface, layout: Layout, guide: SurfaceGuide | undefined): readonly string[] {
  const lamps = new Set(surface.outputs.keys());
  const rows = controlPatterns.flatMap((pattern): readonly Row[] => {
    const control = [...surface.controls.keys()].find((id) => covers(pattern, id));
    if (control === undefined) return [];
    const action = find(layout.bindings, control);
    const shifted = find(layout.shifted, control);
    const first = action ?? shifted;
    if (first === undefined) return [];
    const kinds = {lamp: 'yes', pad: 'in colours', key: 'a picture'} as const;
    const lamp = (['lamp', 'pad', 'key'] as const).find((kind) => lamps.has(`${kind}.${control}`));
    const name = sayControl(pattern, guide?.labels ?? {});
    const does = [sayAction(action, layout), sayAction(shifted, layout)];
    return [{group: groupOf(first), cells: [name, ...does, lamp === undefined ? '' : kinds[lamp], `\`${pattern}\``]}];
  });
  const idle = [...surface.controls.keys()].filter((id) => !isStripName(id) && find(layout.bindings, id) === undefined);
  const hasShift = [...surface.controls.keys()].some((id) => find(layout.bindings, id) === 'view.shift');
  const isShifted = rows.some(({cells}) => cells[2] !== '');
  return [
    `## What its controls do`,
    '',
    `In the layout _${layout.name}_; [layers and pages](../layers.md) say what faders and encoders set. The last column is the name of the control in mappings.`,
    ...(isShifted && !hasShift ? ['It has no shift key: hold that of another surface.'] : []),
    '',
    ...groups.flatMap(([heading], group) => {
      const own = rows.filter((row) => row.group === group).map(({cells}) => cells);
      return own.length === 0 ? [] : [`### ${heading}`, '', ...table(columnsOf(own), own)];
    }),
    ...(idle.length === 0 ? [] : [`Without a task: ${idle.map((id) => `\`${id}\``).join(', ')}.`, '']),
  ];
}

const columns = ['Control', 'Does', 'With shift', 'Lamp', 'Name'];

/** Columns in which nothing stands are left out. */
function columnsOf(rows: readonly (readonly string[])[]): readonly string[] {
  return columns.map((title, column) => (rows.some((cells) => cells[column] !== '') ? title : ''));
}

/** Where an action stands among `groups`. */
export function groupOf(action: Action): number {
  return groups.findIndex(([, ...beginnings]) => beginnings.some((beginning) => action.startsWith(beginning)));
}

/** A Markdown table whose columns are as wide as their widest cell, with an empty line behind it; columns without a title are left out. */
export function table(head: readonly string[], given: readonly (readonly string[])[]): readonly string[] {
  const rows = given.map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const kept = head.flatMap((title, column) => (title === '' ? [] : [column]));
  const widths = kept.map((column) =>
    Math.max(3, head[column]?.length ?? 0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], fill: string): string =>
    `| ${kept.map((column, index) => (cells[column] ?? '').padEnd(widths[index] ?? 0, fill)).join(' | ')} |`;
  return [line(head, ' '), line([], '-'), ...rows.map((cells) => line(cells, ' ')), ''];
}

/** What a binding says of a control, be it for it alone or for all of its kind. */
export function find(bindings: ReadonlyMap<string, Action>, control: string): Action | undefined {
  return bindings.get(control) ?? [...bindings].find(([pattern]) => covers(pattern, control))?.[1];
}

function sayAction(action: Action | undefined, layout: Layout): string {
  if (action === undefined) return '';
  const name = action.slice(action.indexOf(':') + 1);
  if (action.startsWith('show:')) return `show ${viewWords[name] ?? name}`;
  if (action.startsWith('muteGroup:')) return `mute group ${name}`;
  if (action.startsWith('value:')) return `${sayParameter(name)} of the strip, in every layer`;
  if (action.startsWith('marker:')) return `to marker ${name}`;
  if (action.startsWith('page:')) {
    const page = layout.pages.find(({id}) => id === name);
    return page === undefined ? action : `page _${page.name}_ of the selected strip`;
  }
  if (!action.startsWith('layer:')) return actionWords[action] ?? action;
  const layer = layout.layers.find(({id}) => id === name);
  if (layer === undefined) return action;
  const judged = layer.ring === 'trim' ? ', rings the trim view' : '';
  const heard = layer.meter === 'in' ? ', meters before the trim' : '';
  return `layer _${layer.id}_: faders ${sayParameter(layer.fader)}, encoders ${sayParameter(layer.encoder)}${judged}${heard}`;
}

/** `send1.levelDb` is the level of send 1. */
function sayParameter(name: string): string {
  const send = /^send(\d)\.(levelDb|pan)$/.exec(name);
  return send === null ? name : `${send[2] === 'pan' ? 'pan' : 'level'} of send ${send[1]}`;
}

const viewWords: Readonly<Record<string, string>> = {
  all: 'all strips',
  inputs: 'the recordings',
  groups: 'the groups',
  returns: 'the returns',
  vcas: 'the VCAs',
  master: 'the master',
};
