/**
 * Where a HUI has its switches, written down a second time from the published tables, zone by zone, in the desk's words: a slip in the
 * program's own table must not be repeated here. `zone:port name`.
 */
const published = `
8:0 control 8:1 shift 8:2 edit-mode 8:3 undo 8:4 alt 8:5 option 8:6 edit-tool 8:7 save
9:0 window-mix 9:1 window-edit 9:2 window-transport 9:3 marker 9:4 window-status 9:5 window-alt
10:0 channel-left 10:1 bank-left 10:2 channel-right 10:3 bank-right
11:0 outputs 11:1 inputs 11:2 assign-pan 11:3 send-e 11:4 send-d 11:5 send-c 11:6 send-b 11:7 send-a
12:0 assign 12:1 assign-default 12:2 assign-suspend 12:3 assign-shift 12:4 assign-mute 12:5 assign-bypass 12:6 rec-all
13:0 cursor-down 13:1 cursor-left 13:2 cursor-mode 13:3 cursor-right 13:4 cursor-up 13:5 scrub 13:6 shuttle
14:0 talkback 14:1 rewind 14:2 forward 14:3 stop 14:4 play 14:5 record
15:0 to-start 15:1 to-end 15:2 online 15:3 cycle 15:4 quick-punch
16:0 audition 16:1 pre-roll 16:2 punch-in 16:3 punch-out 16:4 post-roll
17:0 room-input-3 17:1 room-input-2 17:2 room-input-1 17:3 room-mute 17:4 room-discrete
18:0 room-output-3 18:1 room-output-2 18:2 room-output-1 18:3 dim 18:4 mono
19:0 pad-0 19:1 pad-1 19:2 pad-4 19:3 pad-2 19:4 pad-5 19:5 pad-point 19:6 pad-3 19:7 pad-6
20:0 enter 20:1 pad-plus
21:0 pad-7 21:1 pad-8 21:2 pad-9 21:3 pad-minus 21:4 pad-clear 21:5 pad-equals 21:6 pad-slash 21:7 pad-star
23:0 enable-plugin 23:1 enable-pan 23:2 enable-fader 23:3 enable-send-mute 23:4 enable-send 23:5 enable-mute
24:0 trim 24:1 latch 24:2 read 24:3 automation-off 24:4 write 24:5 touch
25:0 phase 25:1 monitor 25:2 automation-status 25:3 suspend 25:4 create 25:5 group
26:0 paste 26:1 cut 26:2 capture 26:3 delete 26:4 copy 26:5 separate
27:0 f1 27:1 f2 27:2 f3 27:3 f4 27:4 f5 27:5 f6 27:6 f7 27:7 f8
28:0 param-insert 28:1 param-assign 28:2 param-1 28:3 param-2 28:4 param-3 28:5 param-4 28:6 param-bypass 28:7 param-compare
29:0 user-a 29:1 user-b
`;
/** Lamps that no switch has. */
const lampsOnly = '22:0 smpte 22:1 feet 22:2 beats 22:3 rude-solo 29:2 relay-click 29:3 beep';

function pairsOf(text: string): readonly (readonly [place: string, name: string])[] {
  return [...text.matchAll(/(\d+:\d) (\S+)/g)].map(([, place = '', name = '']) => [place, name] as const);
}

function stripPlaces(): readonly (readonly [place: string, name: string])[] {
  const names = ['touch', 'select', 'mute', 'solo', 'auto', 'push', 'insert', 'rec'];
  return Array.from({length: 64}, (_, at) => {
    const strip = Math.floor(at / 8);
    return [`${strip}:${at % 8}`, `${names[at % 8]}.${strip + 1}`] as const;
  });
}

/** `zone:port` of every switch, by the desk's name. */
export const switchPlaces: ReadonlyMap<string, string> = new Map(
  [...stripPlaces(), ...pairsOf(published)].map(([place, name]) => [name, place]),
);

/** The desk's name of every lamp, by `zone:port`. */
export const lampNames: ReadonlyMap<string, string> = new Map([
  ...stripPlaces().filter(([, name]) => !name.startsWith('touch.')),
  ...pairsOf(published),
  ...pairsOf(lampsOnly),
]);
