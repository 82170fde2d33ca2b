/**
 * Switches and lamps of the HUI protocol by zone and port, under the names the desk has for them.
 *
 *   device  B0 0F zz, B0 2F 4p   port p of zone zz pressed; 0p released
 *   host    B0 0C zz, B0 2C 4p   its lamp lit; 0p dark. There is no flashing.
 *
 * The zone holds for all port messages that follow it. `-` stands where a zone has no port. Zones 00–07 are the strips;
 * their port 0 is the touch of the fader.
 */
const stripPorts = ['touch', 'select', 'mute', 'solo', 'auto', 'push', 'insert', 'rec'] as const;

/** Zones from 08 on, their ports in order. */
const globalZones: readonly string[] = [
  /* 08 keyboard    */ 'control shift edit-mode undo alt option edit-tool save',
  /* 09 windows     */ 'window-mix window-edit window-transport marker window-status window-alt',
  /* 0A bank        */ 'channel-left bank-left channel-right bank-right',
  /* 0B assign      */ 'outputs inputs assign-pan send-e send-d send-c send-b send-a',
  /* 0C assign      */ 'assign assign-default assign-suspend assign-shift assign-mute assign-bypass rec-all',
  /* 0D cursor, jog */ 'cursor-down cursor-left cursor-mode cursor-right cursor-up scrub shuttle',
  /* 0E transport   */ 'talkback rewind forward stop play record',
  /* 0F transport   */ 'to-start to-end online cycle quick-punch',
  /* 10 punch       */ 'audition pre-roll punch-in punch-out post-roll',
  /* 11 room input  */ 'room-input-3 room-input-2 room-input-1 room-mute room-discrete',
  /* 12 room output */ 'room-output-3 room-output-2 room-output-1 dim mono',
  /* 13 number pad  */ 'pad-0 pad-1 pad-4 pad-2 pad-5 pad-point pad-3 pad-6',
  /* 14 number pad  */ 'enter pad-plus',
  /* 15 number pad  */ 'pad-7 pad-8 pad-9 pad-minus pad-clear pad-equals pad-slash pad-star',
  /* 16 time lamps  */ 'smpte feet beats rude-solo',
  /* 17 auto enable */ 'enable-plugin enable-pan enable-fader enable-send-mute enable-send enable-mute',
  /* 18 auto mode   */ 'trim latch read automation-off write touch',
  /* 19 status      */ 'phase monitor automation-status suspend create group',
  /* 1A edit        */ 'paste cut capture delete copy separate',
  /* 1B functions   */ 'f1 f2 f3 f4 f5 f6 f7 f8',
  /* 1C parameters  */ 'param-insert param-assign param-1 param-2 param-3 param-4 param-bypass param-compare',
  /* 1D pedals      */ 'user-a user-b relay-click beep',
];
const firstGlobalZone = 0x08;
const strips = 8;

/** Lamps and sounds that no switch belongs to. */
const lampsOnly: ReadonlySet<string> = new Set(['smpte', 'feet', 'beats', 'rude-solo', 'relay-click', 'beep']);

/** Where a switch or lamp is. */
export interface Place {
  readonly zone: number;
  readonly port: number;
}

const placed: readonly (readonly [name: string, place: Place])[] = [
  ...Array.from({length: strips}, (_, zone) =>
    stripPorts.map((name, port) => [`${name}.${zone + 1}`, {zone, port}] as const),
  ).flat(),
  ...globalZones.flatMap((ports, index) =>
    ports.split(' ').map((name, port) => [name, {zone: firstGlobalZone + index, port}] as const),
  ),
];
const placesByName = new Map(placed);
const namesByPlace = new Map(placed.map(([name, place]) => [keyOf(place), name]));

/** The switch at a place as the desk names it, `touch.3` for the touch of a fader; undefined for places without one. */
export function switchAt(place: Place): string | undefined {
  const name = namesByPlace.get(keyOf(place));
  return name === undefined || lampsOnly.has(name) ? undefined : name;
}

/** Where the lamp of that name is (`mute.3`, `play`, `rude-solo`); undefined for names without one. */
export function lampPlace(name: string): Place | undefined {
  return name.startsWith('touch.') ? undefined : placesByName.get(name);
}

/** Where the switch of that name is; undefined for names without one. */
export function switchPlace(name: string): Place | undefined {
  return lampsOnly.has(name) ? undefined : placesByName.get(name);
}

/** The names of all switches, those of the strips first. */
export const switchNames: readonly string[] = placed.map(([name]) => name).filter((name) => !lampsOnly.has(name));

function keyOf({zone, port}: Place): number {
  return zone * 8 + port;
}
