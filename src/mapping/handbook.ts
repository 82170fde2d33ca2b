import type {Layout} from '../model/layout.ts';
import type {Surface} from '../model/surface.ts';
import type {Mappings, SurfaceGuide} from './compile.ts';
import {quirks, whatItShows} from './handbook-shows.ts';
import {find, layoutTables, table} from './handbook-table.ts';

/** A page of the handbook: its file's name, and Markdown. */
export interface HandbookPage {
  readonly name: string;
  readonly content: string;
}

const marks =
  'In the notes, [2] means that two independent sources agree, [1] one source, [X] that they disagree, [S] that it was not looked up.';
const origin = 'made from `mappings/` by `npm run generate`; change the mappings, not the page.';

/** The page that lists all surfaces, one row each. Markdown. */
export function surfaceHandbook({surfaces, layouts, guides}: Mappings): string {
  const untried = surfaces.filter(({id}) => isUntried(guides.get(id))).length;
  return [
    '# Surfaces',
    '',
    'Each surface has a page of its own: how it is set up, what it shows, what its controls do, what is good to know.',
    untried === surfaces.length
      ? `None of these ${surfaces.length} was tried on hardware yet: they are made from published protocol descriptions, and tested with virtual devices, byte by byte. Say what you find.`
      : `Tried on hardware: ${surfaces.length - untried} of ${surfaces.length}; the others are made from published protocol descriptions, and tested with virtual devices, byte by byte.`,
    '',
    'How to add a device of your own: [adding-a-surface.md](adding-a-surface.md). A port that bears another name, or another mode of a device: `longthrow --surface SURFACE=PORT`, where SURFACE is the last column.',
    '',
    ...table(
      ['Surface', 'Strips', 'Faders', 'Encoders', 'Displays', 'Levels', 'Warnings', 'Found', 'Mapping'],
      inOrder(surfaces).map((surface) => row(surface, layouts[0])),
    ),
    `This page is ${origin}`,
    '',
  ].join('\n');
}

/** A page for each surface: what each can do, what its controls do in each layout, how it is set up. */
export function surfacePages({surfaces, layouts, guides}: Mappings): readonly HandbookPage[] {
  return inOrder(surfaces).map((surface) => ({
    name: `${surface.id}.md`,
    content: [
      `# ${titleOf(surface)}`,
      '',
      ...section(surface, guides.get(surface.id), layouts),
      '---',
      '',
      `${marks} This page is ${origin} [All surfaces](../surfaces.md).`,
      '',
    ].join('\n'),
  }));
}

function inOrder(surfaces: readonly Surface[]): readonly Surface[] {
  return [...surfaces].sort((one, other) => compare(titleOf(one), titleOf(other)));
}

function row(surface: Surface, layout: Layout | undefined): readonly string[] {
  return [
    `[${titleOf(surface)}](surfaces/${surface.id}.md)`,
    surface.strips === 0 ? '–' : `${surface.strips}${surface.controls.has('fader.master') ? ' + master' : ''}`,
    sayFaders(surface),
    sayEncoders(surface),
    sayDisplays(surface),
    sayLevels(surface),
    sayWarnings(surface, layout),
    surface.ports.length > 0 || surface.hid !== undefined ? 'by itself' : 'by `--surface`',
    `\`${surface.id}\``,
  ];
}

function section(surface: Surface, guide: SurfaceGuide | undefined, layouts: readonly Layout[]): readonly string[] {
  const shows = whatItShows(surface, layouts[0], guide).map((line) => `- ${line}`);
  const known = [...quirks(surface), ...(guide?.notes ?? [])].map((note) => `- ${note}`);
  const steps = (guide?.setUp ?? []).map((step, index) => `${index + 1}. ${step}`);
  return [
    `${summary(surface)} **${guide?.tested ?? ''}**`,
    '',
    ...list('Set it up', steps),
    ...list('What it shows', shows),
    ...layouts.flatMap((layout) => layoutTables(surface, layout, guide)),
    ...list('Good to know', known),
  ];
}

/** The surface in a sentence. */
function summary(surface: Surface): string {
  const {strips, unit, controls, hid, faders, outputs} = surface;
  const touch = faders.touch === 'sensed' ? 'that feel the hand' : 'without touch sense';
  const kindOfFaders = faderKind(surface);
  const levels = {
    none: '',
    driven: 'encoders with a position of their own for levels',
    motor: `motor faders ${touch}`,
    plain: 'faders without motors',
  }[kindOfFaders];
  const encoders = sayEncoders(surface);
  const areAlike = kindOfFaders === 'driven' && encoders === 'knobs' && outputs.has('knob.1');
  const parts = [
    ...(strips === 0
      ? []
      : [`${strips} ${strips === 1 ? 'strip' : 'strips'}${controls.has('fader.master') ? ' and master' : ''}`]),
    ...(levels === '' ? [] : [areAlike ? `${levels} and for the layer's values` : levels]),
    ...(encoders === '–' || areAlike ? [] : [encoders === 'knobs' ? encoders : `endless encoders ${encoders}`]),
  ];
  const kind = `${unit === 'extender' ? 'An extender' : 'A surface'} on ${hid === undefined ? 'MIDI' : 'USB HID'}`;
  return `${kind}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.`;
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

function isUntried(guide: SurfaceGuide | undefined): boolean {
  return guide === undefined || /^Not tried\b/.test(guide.tested);
}

function faderKind({faders, controls, outputs}: Surface): 'none' | 'driven' | 'motor' | 'plain' {
  if (![...controls.values()].some(({kind}) => kind === 'fader')) return 'none';
  if (faders.motor) return 'motor';
  return outputs.has('fader.1') ? 'driven' : 'plain';
}

function sayFaders(surface: Surface): string {
  const how = {none: '–', driven: 'encoders that follow', motor: 'motor', plain: 'no motor'}[faderKind(surface)];
  return how !== '–' && surface.faders.touch === 'sensed' ? `${how}, feel the hand` : how;
}

/** What a surface has for levels, in a list of surfaces. */
export function faderWords(surface: Surface): string {
  const words = {
    none: 'no faders',
    driven: 'encoders that follow',
    motor: 'motor faders',
    plain: 'faders without motors',
  };
  return words[faderKind(surface)];
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

function sayLevels({meters, pads, outputs}: Surface): string {
  if (meters !== undefined)
    return `${meters.steps} steps${meters.overload ? ', overload' : ''}${meters.master ? ', stereo master' : ''}`;
  if ((pads?.rows ?? 0) > 0) return `${pads?.rows} lamps in colours`;
  return [...outputs.values()].some(({type, strip}) => type === 'key' && strip !== undefined) ? 'drawn' : '–';
}

/** How strips' warnings show: by a lamp of their own, in a picture or on the key that selects, by text, or not at all. */
function sayWarnings({controls, outputs, pads}: Surface, layout: Layout | undefined): string {
  const own = [...controls.keys()].filter(
    (id) => layout !== undefined && find(layout.bindings, id) === 'strip.warning',
  );
  const shows = (kind: string): boolean => own.some((id) => outputs.has(`${kind}.${id}`));
  const ways = [
    ...([...outputs.values()].some(({type, strip}) => type === 'key' && strip !== undefined) ? ['drawn'] : []),
    ...(shows('pad') || pads?.tints === 'warning' ? ['lamps in colours'] : []),
    ...(shows('lamp') ? ['lamps'] : []),
    ...(outputs.has('text.1') ? ['text'] : []),
  ];
  const one = [...controls.keys()].some(
    (id) =>
      layout !== undefined &&
      find(layout.bindings, id) === 'warnings.acknowledge' &&
      ['lamp', 'pad'].some((kind) => outputs.has(`${kind}.${id}`)),
  );
  return ways.length > 0 ? ways.join(', ') : one ? 'one lamp for all' : '–';
}

function titleOf({maker, name}: Surface): string {
  return `${maker} ${name}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : 1;
}
