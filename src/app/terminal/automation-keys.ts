import type {AutomationMode} from '../../model/automation.ts';
import type {AutomationIntent, LaneEdit, WriteTo} from '../../model/automation-intent.ts';
import {noAutomationStatus} from '../../model/automation-status.ts';
import type {LaneId} from '../../model/lane.ts';
import type {Binding, KeyContext} from './key-map.ts';
import {withStrip} from './strip-keys.ts';
import {line, type Span, type Style, span} from './style.ts';

const modes: Readonly<Record<string, AutomationMode>> = {
  ko: 'off',
  kr: 'read',
  kt: 'touch',
  kl: 'latch',
  kw: 'write',
  kd: 'trim',
};
const writes: Readonly<Record<string, WriteTo>> = {'k<': 'start', 'k>': 'end', 'k=': 'loop', kn: 'next-point'};
/** Glide-back times that a key steps through, in ms. */
const glides = [0, 100, 300, 1000, 3000];

/** Keys of automation: `k` waits for one more and comes as `kt`, `kp` …; with a capital letter the mode is the desk's. */
export const automationBindings: readonly Binding[] = [
  {
    keys: Object.keys(modes),
    shown: 'k o r t l w d',
    about: 'strip: off read touch latch write trim',
    ask: ({view}, key) => withStrip(view, (strip) => setMode(modes[key], strip)),
  },
  {
    keys: Object.keys(modes).map((key) => `k${key.slice(1).toUpperCase()}`),
    shown: 'k O R T L W D',
    about: 'desk: off read touch latch write trim',
    ask: (_, key) => setMode(modes[key.toLowerCase()], 'desk'),
  },
  {keys: ['!', 'kp'], shown: '!  k p', about: 'punch in here, and out', ask: () => [{type: 'automation.punch'}]},
  {
    keys: Object.keys(writes),
    shown: 'k < > = n',
    about: 'write to start end loop next point',
    ask: (_, key) => {
      const to = writes[key];
      return to === undefined ? [] : [{type: 'automation.writeTo', to}];
    },
  },
  {
    keys: ['kv', 'kV'],
    shown: 'k v  k V',
    about: 'preview by ear, and back; write it',
    ask: (_, key) => [{type: key === 'kv' ? 'automation.preview' : 'automation.punchPreview'}],
  },
  {
    keys: ['km', 'kM'],
    shown: 'k m  k M',
    about: 'trim becomes part of the lane; of all',
    ask: ({view}, key) => (key === 'kM' ? [mergeTrim('all')] : withStrip(view, (strip) => [mergeTrim([strip])])),
  },
  {keys: ['ks'], shown: 'k s', about: 'safe: never written, and back', ask: toggleSafe},
  {
    keys: ['kh', 'kx'],
    shown: 'k h  k x',
    about: "thin, clear the strip's level lane",
    ask: (context, key) => editLevel(context, {type: key === 'kh' ? 'thin' : 'clear'}),
  },
  {keys: ['kg', 'kG'], shown: 'k g  k G', about: 'glide back faster, slower', ask: changeGlide},
  {
    keys: ['Z', 'Y'],
    about: 'undo, redo a step',
    ask: (_, key) => [{type: key === 'Z' ? 'session.undo' : 'session.redo'}],
  },
];

/** What can be pressed after `k`, in a line. */
export function drawAutomationKeys(width: number, style: Style): string {
  const texts: readonly (readonly [string, string])[] = [
    ['ortlwd', 'mode'],
    ['ORTLWD', 'desk'],
    ['p', 'punch'],
    ['<>=n', 'write to'],
    ['vV', 'preview'],
    ['s', 'safe'],
    ['hx', 'thin clear'],
    ['mM', 'merge trim'],
    ['gG', 'glide'],
  ];
  const spans: readonly Span[] = texts.flatMap(([keys, text]) => [span(` ${keys} `, 'bold'), span(text, 'dim')]);
  return line(spans, width, style);
}

function setMode(mode: AutomationMode | undefined, strip: string): readonly AutomationIntent[] {
  return mode === undefined ? [] : [{type: 'automation.modeKey', mode, strip}];
}

function mergeTrim(strips: readonly string[] | 'all'): AutomationIntent {
  return {type: 'automation.mergeTrim', strips};
}

function toggleSafe({view, automation = noAutomationStatus}: KeyContext): readonly AutomationIntent[] {
  const {selected: strip} = view;
  if (strip === undefined) return [];
  const safe = !automation.settings.safeStrips.has(strip);
  return [{type: 'automation.setSafe', scope: {type: 'strip', strip}, safe}];
}

/** A strip without that lane has nothing to be edited. */
function editLevel({view, automation = noAutomationStatus}: KeyContext, edit: LaneEdit): readonly AutomationIntent[] {
  const lane: LaneId = `${view.selected} level`;
  return automation.lanes.has(lane) ? [{type: 'automation.edit', lanes: [lane], edit}] : [];
}

function changeGlide({automation = noAutomationStatus}: KeyContext, key: string): readonly AutomationIntent[] {
  const {glideMs: now} = automation.settings;
  const glideMs = key === 'kG' ? glides.find((ms) => ms > now) : glides.findLast((ms) => ms < now);
  return glideMs === undefined ? [] : [{type: 'automation.setGlide', glideMs}];
}
