import type {Action, Layout} from '../model/layout.ts';
import type {Surface} from '../model/surface.ts';
import {deskTaper} from '../model/taper.ts';
import {actionWords} from './action-words.ts';
import type {Mappings, SurfaceGuide} from './compile.ts';
import {controlPatterns, covers, isStripName} from './control-names.ts';

/** A page of the handbook: its file's name, and Markdown. */
export interface HandbookPage {
  readonly name: string;
  readonly content: string;
}

const marks =
  'In the notes, [2] means that two independent sources agree, [1] one source, [X] that they disagree, [S] that it was not looked up.';
const origin = 'made from `mappings/` by `npm run generate`; change the mappings, not the page.';

/** The page that lists all surfaces, one row each. Markdown. */
export function surfaceHandbook({surfaces}: Mappings): string {
  return [
    '# Surfaces',
    '',
    `This page is ${origin}`,
    'Each surface has a page of its own: how it is set up, what its controls do, what is good to know.',
    'How to add a device of your own: [adding-a-surface.md](adding-a-surface.md). A port that bears another name, or another mode of a device: `longthrow --surface SURFACE=PORT`, where SURFACE is the last column.',
    '',
    ...table(
      ['Surface', 'Strips', 'Faders', 'Encoders', 'Displays', 'Meters', 'Found', 'Mapping'],
      inOrder(surfaces).map(row),
    ),
  ].join('\n');
}

/** A page for each surface: what each can do, what its controls do in each layout, how it is set up. */
export function surfacePages({surfaces, layouts, guides}: Mappings): readonly HandbookPage[] {
  return inOrder(surfaces).map((surface) => ({
    name: `${surface.id}.md`,
    content: [
      `# ${titleOf(surface)}`,
      '',
      `This page is ${origin} ${marks}`,
      '',
      ...section(surface, guides.get(surface.id), layouts),
    ].join('\n'),
  }));
}

function inOrder(surfaces: readonly Surface[]): readonly Surface[] {
  return [...surfaces].sort((one, other) => compare(titleOf(one), titleOf(other)));
}

function row(surface: Surface): readonly string[] {
  return [
    `[${titleOf(surface)}](surfaces/${surface.id}.md)`,
    `${surface.strips}${surface.controls.has('fader.master') ? ' + master' : ''}`,
    sayFaders(surface),
    sayEncoders(surface),
    sayDisplays(surface),
    sayMeters(surface),
    surface.ports.length > 0 || surface.hid !== undefined ? 'by itself' : 'by `--surface`',
    `\`${surface.id}\``,
  ];
}

function section(surface: Surface, guide: SurfaceGuide | undefined, layouts: readonly Layout[]): readonly string[] {
  return [
    guide?.tested ?? '',
    '',
    ...list(
      'Set it up',
      (guide?.setUp ?? []).map((step, index) => `${index + 1}. ${step}`),
    ),
    ...layouts.flatMap((layout) => layoutTable(surface, layout)),
    ...list(
      'Good to know',
      [...facts(surface), ...(guide?.notes ?? [])].map((note) => `- ${note}`),
    ),
  ];
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, '', ...lines, ''];
}

function layoutTable(surface: Surface, layout: Layout): readonly string[] {
  const lamps = new Set(surface.outputs.keys());
  const rows = controlPatterns.flatMap((pattern) => {
    const control = [...surface.controls.keys()].find((id) => covers(pattern, id));
    if (control === undefined) return [];
    const action = find(layout.bindings, control);
    const shifted = find(layout.shifted, control);
    if (action === undefined && shifted === undefined) return [];
    const kinds = {lamp: 'yes', pad: 'in colours', key: 'a picture'} as const;
    const lamp = (['lamp', 'pad', 'key'] as const).find((kind) => lamps.has(`${kind}.${control}`));
    return [[pattern, sayAction(action, layout), sayAction(shifted, layout), lamp === undefined ? '' : kinds[lamp]]];
  });
  const idle = [...surface.controls.keys()].filter((id) => !isStripName(id) && find(layout.bindings, id) === undefined);
  return [
    `In the layout _${layout.name}_:`,
    '',
    ...table(['Control', 'Does', 'With shift', 'Lamp'], rows),
    ...(idle.length === 0 ? [] : [`Without a task: ${idle.join(', ')}.`, '']),
  ];
}

/** A Markdown table whose columns are as wide as their widest cell, with an empty line behind it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], fill: string): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, fill)).join(' | ')} |`;
  return [line(head, ' '), line([], '-'), ...rows.map((cells) => line(cells, ' ')), ''];
}

function facts(surface: Surface): readonly string[] {
  const {faders, handshake, ports, hid} = surface;
  const hasFaders = [...surface.controls.values()].some(({kind}) => kind === 'fader');
  return [
    hid === undefined
      ? sayPorts(ports)
      : `On USB it is ${hid.map((id) => `${id.vendor}:${id.product}`).join(', ')} (HID).`,
    ...(handshake.kind === 'challenge' ? ['It is silent until it was answered.'] : []),
    ...(faders.motor && faders.echo ? ['Moves of the hand are sent back to its motors.'] : []),
    ...(hasFaders && faders.touch === 'inferred'
      ? [`A fader counts as touched while it moves and ${faders.settleMs} ms after.`]
      : []),
    ...(hasFaders && faders.taper === deskTaper
      ? ["Its faders follow the desk's own law: 0 dB at three quarters of the travel."]
      : []),
    ...(surface.ringStyles === undefined ? [] : [`Its rings draw only: ${surface.ringStyles.join(', ')}.`]),
  ];
}

function find(bindings: ReadonlyMap<string, Action>, control: string): Action | undefined {
  return bindings.get(control) ?? [...bindings].find(([pattern]) => covers(pattern, control))?.[1];
}

function sayPorts(ports: readonly string[]): string {
  if (ports.length === 0) return 'No port is taken for it by name.';
  return `Ports: ${ports.map((port) => `\`${port}\``).join(', ')}.`;
}

function sayFaders({faders, controls, outputs}: Surface): string {
  if (![...controls.values()].some(({kind}) => kind === 'fader')) return '–';
  const isDriven = !faders.motor && outputs.has('fader.1');
  const how = isDriven ? 'encoders that follow' : faders.motor ? 'motor' : 'no motor';
  return `${how}, touch ${faders.touch}`;
}

function sayEncoders(surface: Surface): string {
  if (surface.controls.has('knob.1')) return 'knobs';
  if (surface.controls.has('wheel.1')) return 'for levels';
  if (!surface.controls.has('encoder.1')) return '–';
  if (!surface.outputs.has('ring.1')) return 'without rings';
  return surface.ringStyles === undefined ? 'with rings' : 'with rings (dot)';
}

function sayDisplays(surface: Surface): string {
  const text = surface.outputs.get('text.1');
  const main = surface.outputs.get('text.main');
  const time = surface.outputs.get('digits.time');
  const keys = [...surface.outputs.values()].filter(({type}) => type === 'key').length;
  const parts = [
    ...(keys === 0 ? [] : [`${keys} pictures`]),
    ...(text === undefined
      ? []
      : [`${text.lines ?? 2} × ${text.cells} characters${surface.palette === undefined ? '' : ', coloured'}`]),
    ...(main === undefined ? [] : [`2 × ${main.cells} characters`]),
    ...(time === undefined ? [] : [`${time.cells} digits`]),
  ];
  return parts.length === 0 ? '–' : parts.join('; ');
}

function sayMeters({meters}: Surface): string {
  if (meters === undefined) return '–';
  return `${meters.steps} steps${meters.overload ? ', overload' : ''}${meters.master ? ', stereo master' : ''}`;
}

function sayAction(action: Action | undefined, layout: Layout): string {
  if (action === undefined) return '';
  const name = action.slice(action.indexOf(':') + 1);
  if (action.startsWith('show:')) return `show ${viewWords[name] ?? name}`;
  if (action.startsWith('muteGroup:')) return `mute group ${name}`;
  if (action.startsWith('value:')) return `${name} of the strip, in every layer`;
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
  return `layer _${layer.id}_: faders ${layer.fader}, encoders ${layer.encoder}${judged}${heard}`;
}

const viewWords: Readonly<Record<string, string>> = {
  all: 'all strips',
  inputs: 'the recordings',
  groups: 'the groups',
  returns: 'the returns',
  vcas: 'the VCAs',
  master: 'the master',
};

function titleOf({maker, name}: Surface): string {
  return `${maker} ${name}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : 1;
}
