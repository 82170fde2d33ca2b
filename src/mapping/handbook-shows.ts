import type {Layout} from '../model/layout.ts';
import type {Output, Surface} from '../model/surface.ts';
import {deskTaper} from '../model/taper.ts';
import type {SurfaceGuide} from './compile.ts';
import {controlPatterns, covers} from './control-names.ts';
import {sayControl} from './control-words.ts';
import {find} from './handbook-table.ts';

/** What a surface shows, most important first: warnings and levels, then values, then texts. Sentences. */
export function whatItShows(
  surface: Surface,
  layout: Layout | undefined,
  guide: SurfaceGuide | undefined,
): readonly string[] {
  const {outputs, meters, faders, palette, pads, controls} = surface;
  const all = [...outputs.values()];
  const has = (type: Output['type']): boolean => all.some((output) => output.type === type);
  const text = outputs.get('text.1');
  const main = outputs.get('text.main');
  const time = outputs.get('digits.time');
  const driven = all.filter(({type}) => type === 'fader');
  const isRing = has('ring');
  const stands = [...controls.values()].some(({kind}) => kind === 'fader' || kind === 'knob');
  const rows = pads?.rows ?? 0;
  return [
    ...warnings(surface, layout, guide),
    ...(meters === undefined || !has('meter')
      ? []
      : [
          `Levels: meters of ${meters.steps} steps${has('overload') ? ', with a lamp that stays lit from a clip until it is acknowledged' : ''}${outputs.has('meter.left') ? ', and a stereo pair for the mix bus' : ''}.`,
        ]),
    ...(rows === 0
      ? []
      : [
          `Levels: columns of ${rows} lamps, one a strip, in the colours of the headroom; the uppermost flashes from a clip until it is acknowledged.`,
        ]),
    ...(has('key')
      ? [
          'Pictures: the key or area of a strip shows its name, value or warning, level, colour, and around them the lamp of its warning; all other keys say what they do.',
        ]
      : []),
    ...(driven.some(({id}) => controls.get(id)?.kind === 'fader') && faders.motor
      ? ['Faders: their motors follow the mixer, and rest while a hand is on them.']
      : []),
    ...(driven.length > 0 && !faders.motor
      ? ['Encoders with a position of their own follow the mixer: nothing jumps.']
      : []),
    ...(stands && driven.length === 0
      ? [
          'Faders and knobs have no motors: one that stands elsewhere takes its value over when it meets it; the lamp of warnings says from which side.',
        ]
      : []),
    ...(isRing
      ? [
          `Values: ${controls.has('encoder.1') || controls.has('wheel.1') ? 'rings around the encoders' : 'a bar a strip'}.`,
        ]
      : []),
    ...(text === undefined
      ? []
      : [
          `Texts: ${text.lines ?? 2} ${text.lines === 1 ? 'line' : 'lines'} of ${text.cells} characters a strip: name, value, warning and advice${palette === undefined ? '' : ', in the colour of the strip'}.`,
        ]),
    ...(main === undefined ? [] : [`Texts: a display of 2 lines of ${main.cells} characters.`]),
    ...(time === undefined ? [] : [`Time: ${time.cells} digits, for loudness and true peak, too.`]),
    ...(all.length === 0
      ? ['Nothing: it has no lamps or displays that obey. Warnings are on other surfaces and the screen.']
      : []),
  ];
}

/** Where the strips' warnings can be seen. */
function warnings(
  {controls, outputs, pads}: Surface,
  layout: Layout | undefined,
  guide: SurfaceGuide | undefined,
): readonly string[] {
  const lit = (action: string): string | undefined => {
    const control = [...controls.keys()].find(
      (id) =>
        layout !== undefined &&
        find(layout.bindings, id) === action &&
        ['lamp', 'pad', 'key'].some((kind) => outputs.has(`${kind}.${id}`)),
    );
    const pattern = controlPatterns.find((one) => control !== undefined && covers(one, control));
    return pattern === undefined ? undefined : sayControl(pattern, guide?.labels ?? {});
  };
  const [own, any] = [lit('strip.warning'), lit('warnings.acknowledge')];
  const how = '([how lamps speak](../feedback.md))';
  return [
    ...(own === undefined ? [] : [`Warnings of each strip, by the rhythm of a lamp: **${own}** ${how}.`]),
    ...(pads?.tints === undefined
      ? []
      : [
          `Colours: **${lit('strip.select') ?? 'the key that selects'}** shines in the colour of its strip, bright where it is selected${pads.tints === 'warning' ? `, and flashes when the strip warns ${how}` : ''}.`,
        ]),
    ...(any === undefined
      ? []
      : [
          `The gravest warning of all, by a lamp: **${any}**${own === undefined && pads?.tints !== 'warning' ? ` ${how}` : ''}.`,
        ]),
  ];
}

/** What is so with this device and not with others. Sentences. */
export function quirks(surface: Surface): readonly string[] {
  const {faders, handshake, ports, hid, pace, keepAlive, ownLamps, ringStyles} = surface;
  const hasFaders = [...surface.controls.values()].some(({kind}) => kind === 'fader');
  return [
    hid === undefined
      ? sayPorts(ports)
      : `On USB it is ${hid.map((id) => `${id.vendor}:${id.product}`).join(', ')} (HID).`,
    ...(handshake.kind === 'challenge' ? ['It is silent until it was answered.'] : []),
    ...(handshake.kind === 'ping' ? ['It is asked every second whether it is there.'] : []),
    ...(faders.motor && faders.echo ? ['Moves of the hand are sent back to its motors.'] : []),
    ...(hasFaders && faders.touch === 'inferred'
      ? [`A fader counts as touched while it moves and ${faders.settleMs} ms after.`]
      : []),
    ...(hasFaders && faders.taper === deskTaper
      ? ["Its faders follow the desk's own law: 0 dB at three quarters of the travel."]
      : []),
    ...(ringStyles === undefined ? [] : [`Its rings draw only: ${ringStyles.join(', ')}.`]),
    ...(keepAlive === undefined
      ? []
      : [`It falls asleep unless it hears from the desk every ${keepAlive.everyMs} ms.`]),
    ...(ownLamps === true
      ? ['It switches lamps of keys itself when they are pressed: the desk tells them again.']
      : []),
    ...(surface.outputs.size === 0
      ? []
      : [`It is sent at most ${pace.bytesPerSecond.toLocaleString('en')} bytes a second, levels last.`]),
  ];
}

function sayPorts(ports: readonly string[]): string {
  if (ports.length === 0) return 'No port is taken for it by name.';
  return `Found by the name of its port (a regular expression): ${ports.map((port) => `\`${port}\``).join(', ')}.`;
}
