/**
 * The demo tune: "Long Way Down", 14 bars of our own at 112 beats a minute, as plain notes.
 * Two bars of introduction, four of verse, eight of chorus. Everything here is pure and always gives the same notes:
 * the human unevenness comes from a seeded generator.
 *
 * A note is {beat, beats, key, velocity}: quarter notes from the start, MIDI key 0…127, velocity 1…127.
 * A bend is {beat, cc, value}: a MIDI controller.
 */

export const beatsPerMinute = 112;
export const bars = 14;
export const beatsPerBar = 4;
/** Time for the last notes to ring, in seconds. */
export const tailSeconds = 1.5;
export const lengthSeconds = (bars * beatsPerBar * 60) / beatsPerMinute + tailSeconds;

/** Share of an eighth at which its second sixteenth falls: a light swing. */
const swing = 0.55;

/** Semitone of a note name such as `C4`, `F#3`, `Bb2` (C4 is 60). */
export function keyOf(name) {
  const match = /^([A-G])([#b]?)(-?\d)$/.exec(name);
  if (match === null) throw new Error(`no note: ${name}`);
  const [, letter, sign, octave] = match;
  const semitone = {C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11}[letter];
  return semitone + (sign === '#' ? 1 : sign === 'b' ? -1 : 0) + 12 * (Number(octave) + 1);
}

/** A generator of numbers 0…1 that always gives the same row (mulberry32). */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A player: uneven by up to `lateBeats` and `velocity`, around what is written. */
function player(seed, {lateBeats = 0.012, velocity = 7} = {}) {
  const random = seeded(seed);
  return (note) => ({
    ...note,
    beat: Math.max(0, note.beat + (random() - 0.4) * 2 * lateBeats),
    velocity: Math.max(1, Math.min(127, Math.round(note.velocity + (random() - 0.5) * 2 * velocity))),
  });
}

/** Beat of a sixteenth step within the bar, with swing on the odd ones. */
function beatOfStep(step) {
  return Math.floor(step / 2) * 0.5 + (step % 2 === 1 ? 0.5 * swing : 0);
}

/** The bars as they are played: what the chords are, how the strip sections differ. */
const chords = [
  ...['Am7', 'Fmaj7'],
  ...['Am7', 'Fmaj7', 'Cadd9', 'G'],
  ...['F', 'G', 'Am7', 'Em7', 'F', 'G', 'DmG', 'C'],
];

const voicings = {
  Am7: ['G3', 'C4', 'E4', 'A4'],
  Fmaj7: ['A3', 'C4', 'E4', 'F4'],
  Cadd9: ['G3', 'C4', 'D4', 'E4'],
  G: ['G3', 'B3', 'D4', 'G4'],
  F: ['A3', 'C4', 'F4', 'G4'],
  Em7: ['G3', 'B3', 'D4', 'E4'],
  DmG: ['A3', 'C4', 'D4', 'F4'],
  C: ['G3', 'C4', 'E4', 'G4'],
};

const roots = {Am7: 'A1', Fmaj7: 'F1', Cadd9: 'C2', G: 'G1', F: 'F1', Em7: 'E1', DmG: 'D2', C: 'C2'};

function sectionOf(bar) {
  if (bar < 2) return 'intro';
  if (bar < 6) return 'verse';
  return bar === bars - 1 ? 'end' : 'chorus';
}

/** Notes of a row of sixteenths: `X` accent, `x` played, `g` ghost, `.` rest. */
function row(bar, pattern, key, {beats = 0.2, accent = 118, plain = 96, ghost = 42} = {}) {
  return [...pattern].flatMap((mark, step) => {
    if (mark === '.') return [];
    const velocity = mark === 'X' ? accent : mark === 'x' ? plain : ghost;
    return [{beat: bar * beatsPerBar + beatOfStep(step), beats, key, velocity}];
  });
}

function everyBar(play) {
  return Array.from({length: bars}, (_, bar) => play(bar, sectionOf(bar), chords[bar])).flat();
}

function kick() {
  return everyBar((bar, section) => {
    if (bar === 0) return [];
    if (section === 'intro') return row(bar, 'X.........x...x.', 36);
    if (section === 'end') return row(bar, 'X...............', 36);
    if (bar === 5) return row(bar, 'X......xx.x..x..', 36);
    if (section === 'verse') return row(bar, bar % 2 === 0 ? 'X......xx.x.....' : 'X......xx.....x.', 36);
    if (bar === 12) return row(bar, 'X..x..x.X..xx...', 36);
    return row(bar, bar % 2 === 0 ? 'X..x....X.x.....' : 'X..x....X.x..x..', 36);
  }).map(player(11, {velocity: 5}));
}

function snare() {
  return everyBar((bar, section) => {
    if (bar === 0) return [];
    if (section === 'intro') return row(bar, '....X.......X.xx', 38);
    if (section === 'end') return row(bar, 'X...............', 38);
    if (bar === 5) return row(bar, '....X..g..g.X.xX', 38);
    if (section === 'verse') return row(bar, '....X..g.g..X..g', 38);
    if (bar === 12) return row(bar, '....X..g..X.XxXX', 38);
    return row(bar, bar % 2 === 0 ? '....X..g.g..X...' : '....X..g.g..X..x', 38);
  }).map(player(12, {velocity: 6}));
}

function hats() {
  return everyBar((bar, section) => {
    if (section === 'end') return row(bar, 'x...............', 46, {beats: 1});
    if (bar === 0) return row(bar, 'x.g.x.g.x.g.x.gg', 42);
    if (section === 'intro') return row(bar, 'x.g.x.g.x.g.x.g.', 42);
    if (section === 'verse') {
      const open = bar % 2 === 1 ? row(bar, '..............x.', 46, {beats: 0.3}) : row(bar, '..............g.', 42);
      return [...row(bar, 'x.g.x.gggg.gx.', 42), ...open];
    }
    return [...row(bar, 'x.gggxg.x.gggx..', 42), ...row(bar, '......x.......x.', 46, {beats: 0.3, plain: 88})];
  }).map(player(13, {velocity: 9, lateBeats: 0.008}));
}

/** The step of the scale of C that leads to a bass note: from below when the line rises, else from above. */
function leadingTo(next, root) {
  const scale = [0, 2, 4, 5, 7, 9, 11];
  const direction = next > root ? -1 : 1;
  return scale.includes((next + direction) % 12) ? next + direction : next + 2 * direction;
}

function bass() {
  return everyBar((bar, section, chord) => {
    const root = keyOf(roots[chord]);
    const next = keyOf(roots[chords[bar + 1] ?? 'C']);
    const at = (step, sixteenths, key, velocity) => ({
      beat: bar * beatsPerBar + beatOfStep(step),
      beats: sixteenths * 0.25 * 0.92,
      key,
      velocity,
    });
    if (bar === 0) return [];
    if (section === 'intro') return [at(0, 8, root, 100), at(10, 2, root + 7, 88), at(12, 2, root + 12, 96), at(14, 2, next + 2, 90)];
    if (section === 'end') return [at(0, 14, root, 104)];
    if (section === 'verse') {
      return [
        at(0, 4, root, 108),
        at(6, 1, root + 12, 84),
        at(7, 1, root, 90),
        at(8, 2, root, 104),
        at(10, 2, root + 7, 92),
        at(13, 1, root + 12, 80),
        at(14, 2, leadingTo(next, root), 96),
      ];
    }
    if (chord === 'DmG') {
      const five = keyOf('G1');
      return [at(0, 3, root, 108), at(3, 3, root, 96), at(6, 2, root + 12, 90), at(8, 3, five, 108), at(11, 1, five, 90), at(12, 2, five + 12, 98), at(14, 2, five + 4, 98)];
    }
    return [
      at(0, 3, root, 110),
      at(3, 2, root, 98),
      at(6, 2, root + 12, 88),
      at(8, 2, root, 106),
      at(10, 2, root + 12, 94),
      at(12, 2, root + 7, 94),
      at(14, 2, next > root ? next - 1 : next + 2, 98),
    ];
  }).map(player(14, {velocity: 5}));
}

/** The riff of the introduction and the verse: [step, sixteenths, key] over two bars. */
const riff = [
  [
    [0, 2, 'A3'], [2, 1, 'C4'], [3, 2, 'D4'], [5, 1, 'E4'], [6, 3, 'G4'], [10, 1, 'E4'], [11, 2, 'D4'], [14, 2, 'C4'],
  ],
  [
    [0, 2, 'A3'], [2, 1, 'C4'], [3, 2, 'D4'], [5, 1, 'C4'], [6, 4, 'A3'], [11, 1, 'G3'], [12, 2, 'A3'], [14, 1, 'C4'], [15, 1, 'B3'],
  ],
];

function guitar() {
  return everyBar((bar, section, chord) => {
    const start = bar * beatsPerBar;
    if (section === 'end') return strum(start, voicings.C, 3.6, 84);
    if (section !== 'chorus') {
      return riff[bar % 2].map(([step, sixteenths, name], index) => ({
        beat: start + beatOfStep(step),
        beats: sixteenths * 0.25 * 0.9,
        key: keyOf(name),
        velocity: index === 0 ? 122 : step % 2 === 1 ? 104 : 114,
      }));
    }
    const steps = bar % 2 === 0 ? [2, 6, 7, 10, 14] : [2, 5, 6, 10, 13, 14];
    return steps.flatMap((step) => {
      const voicing = chord === 'DmG' && step >= 8 ? voicings.G : voicings[chord];
      return strum(start + beatOfStep(step), voicing.slice(1), step % 4 === 2 ? 0.24 : 0.16, step === 6 ? 90 : 80);
    });
  }).map(player(15, {velocity: 5, lateBeats: 0.008}));
}

function strum(beat, names, beats, velocity) {
  return names.map((name, string) => ({beat: beat + string * 0.018, beats, key: keyOf(name), velocity: velocity - string * 3}));
}

function keys() {
  return everyBar((bar, section, chord) => {
    const start = bar * beatsPerBar;
    const play = (step, sixteenths, names, velocity) =>
      names.map((name, finger) => ({
        beat: start + beatOfStep(step) + finger * 0.006,
        beats: sixteenths * 0.25 * 0.95,
        key: keyOf(name),
        velocity: velocity + (finger === names.length - 1 ? 8 : 0),
      }));
    const chordNotes = voicings[chord];
    if (section === 'end') return play(0, 14, [...chordNotes, 'C5'], 92);
    if (section === 'intro') return play(0, 14, chordNotes, 74);
    if (section === 'verse') return [...play(0, 5, chordNotes, 80), ...play(6, 4, chordNotes, 70), ...play(11, 4, chordNotes.slice(1), 64)];
    if (chord === 'DmG') return [...play(0, 3, voicings.DmG, 92), ...play(3, 4, voicings.DmG, 82), ...play(8, 3, voicings.G, 92), ...play(11, 4, voicings.G, 86)];
    return [...play(0, 3, chordNotes, 92), ...play(3, 3, chordNotes, 82), ...play(8, 2, chordNotes, 88), ...play(11, 4, chordNotes, 80)];
  }).map(player(16, {velocity: 6, lateBeats: 0.01}));
}

/** Long chords of the strings: bar, bars, keys. */
const pads = [
  [2, 1, ['A3', 'E4', 'C5']],
  [3, 1, ['A3', 'F4', 'C5']],
  [4, 1, ['G3', 'E4', 'C5']],
  [5, 1, ['G3', 'D4', 'B4']],
  [6, 1, ['A3', 'F4', 'C5', 'F5']],
  [7, 1, ['B3', 'G4', 'D5', 'G5']],
  [8, 1, ['C4', 'G4', 'E5', 'A5']],
  [9, 1, ['B3', 'G4', 'E5', 'G5']],
  [10, 1, ['A3', 'F4', 'C5', 'A5']],
  [11, 1, ['B3', 'G4', 'D5', 'B5']],
  [12, 0.5, ['A3', 'F4', 'D5', 'A5']],
  [12.5, 0.5, ['B3', 'G4', 'D5', 'B5']],
  [13, 0.95, ['C4', 'G4', 'E5', 'C6']],
];

function strings() {
  return pads
    .flatMap(([bar, length, names]) =>
      names.map((name, desk) => ({
        beat: bar * beatsPerBar,
        beats: length * beatsPerBar * 0.98,
        key: keyOf(name),
        velocity: (bar < 6 ? 76 : 92) - desk * 3,
      })),
    )
    .map(player(17, {velocity: 4, lateBeats: 0.02}));
}

/** The sung line: bar, beat in the bar, beats, key. */
const melody = [
  [2, 0.5, 0.5, 'A4'], [2, 1, 0.5, 'C5'], [2, 1.5, 0.5, 'B4'], [2, 2, 1.2, 'A4'], [2, 3.5, 0.5, 'G4'],
  [3, 0, 1.5, 'A4'], [3, 2, 0.5, 'G4'], [3, 2.5, 1.3, 'E4'],
  [4, 0.5, 0.5, 'G4'], [4, 1, 0.5, 'C5'], [4, 1.5, 0.5, 'D5'], [4, 2, 1.2, 'E5'], [4, 3.5, 0.5, 'D5'],
  [5, 0, 1.3, 'D5'], [5, 1.5, 0.5, 'B4'], [5, 2, 0.9, 'G4'], [5, 3, 0.5, 'B4'], [5, 3.5, 0.5, 'D5'],
  [6, 0, 1, 'E5'], [6, 1, 0.5, 'C5'], [6, 1.5, 0.5, 'A4'], [6, 2, 1.3, 'C5'], [6, 3.5, 0.5, 'D5'],
  [7, 0, 1, 'D5'], [7, 1, 0.5, 'B4'], [7, 1.5, 0.5, 'G4'], [7, 2, 1.3, 'D5'], [7, 3.5, 0.5, 'E5'],
  [8, 0, 0.75, 'E5'], [8, 0.75, 0.75, 'G5'], [8, 1.5, 0.5, 'E5'], [8, 2, 0.5, 'D5'], [8, 2.5, 0.9, 'C5'], [8, 3.5, 0.5, 'C5'],
  [9, 0, 1.4, 'B4'], [9, 2, 0.5, 'G4'], [9, 2.5, 0.5, 'A4'], [9, 3, 0.5, 'B4'], [9, 3.5, 0.5, 'D5'],
  [10, 0, 1, 'E5'], [10, 1, 0.5, 'C5'], [10, 1.5, 0.5, 'A4'], [10, 2, 1.3, 'C5'], [10, 3.5, 0.5, 'D5'],
  [11, 0, 0.75, 'D5'], [11, 0.75, 0.75, 'E5'], [11, 1.5, 0.5, 'F5'], [11, 2, 1.3, 'G5'], [11, 3.5, 0.5, 'E5'],
  [12, 0, 0.5, 'F5'], [12, 0.5, 0.5, 'E5'], [12, 1, 0.9, 'D5'], [12, 2, 0.5, 'B4'], [12, 2.5, 0.5, 'D5'], [12, 3, 0.5, 'E5'], [12, 3.5, 0.5, 'D5'],
  [13, 0, 3.4, 'C5'],
];

function sung(line, seed, velocity) {
  return line
    .map(([bar, beat, beats, name]) => ({
      beat: bar * beatsPerBar + beat,
      beats: beats * 0.97,
      key: keyOf(name),
      velocity: velocity + (beat === 0 ? 8 : 0) + (bar >= 6 ? 8 : 0),
    }))
    .map(player(seed, {velocity: 5, lateBeats: 0.015}));
}

/** A voice without breath is a machine: vibrato comes late on long notes and goes at once. */
function vibrato(line) {
  return line
    .filter(([, , beats]) => beats >= 0.9)
    .flatMap(([bar, beat, beats]) => {
      const start = bar * beatsPerBar + beat;
      return [
        {beat: start, cc: 1, value: 0},
        {beat: start + beats * 0.45, cc: 1, value: 28},
        {beat: start + beats * 0.7, cc: 1, value: 52},
        {beat: start + beats, cc: 1, value: 0},
      ];
    });
}

/** The answering voices of the chorus: bar, beat, beats, keys. */
const answers = [
  [0, 2, 1.8, 'C5'], [0, 2, 1.8, 'A4'], [1, 2, 1.8, 'C5'], [1, 2, 1.8, 'A4'],
  [6, 2, 1.8, 'A4'], [6, 2, 1.8, 'F4'],
  [7, 2, 1.8, 'B4'], [7, 2, 1.8, 'G4'],
  [8, 0, 3.6, 'C5'], [8, 0, 3.6, 'A4'],
  [9, 0, 3.6, 'B4'], [9, 0, 3.6, 'G4'],
  [10, 2, 1.8, 'A4'], [10, 2, 1.8, 'F4'],
  [11, 2, 1.8, 'D5'], [11, 2, 1.8, 'B4'],
  [12, 0, 1.8, 'A4'], [12, 0, 1.8, 'F4'],
  [12, 2, 1.8, 'B4'], [12, 2, 1.8, 'G4'],
  [13, 0, 3.4, 'G4'], [13, 0, 3.4, 'E4'],
];

/**
 * The parts in desk order. `program` is the General MIDI instrument from 0, `drums` plays on the percussion channel;
 * `low` and `high` cut in Hz what the part does not need.
 */
export const parts = [
  {id: 'kick', drums: true, program: 0, notes: kick()},
  {id: 'snare', drums: true, program: 0, notes: snare()},
  {id: 'hats', drums: true, program: 0, notes: hats()},
  {id: 'bass', drums: false, program: 33, notes: bass()},
  {id: 'guitar', drums: false, program: 27, notes: guitar()},
  {id: 'keys', drums: false, program: 4, notes: keys()},
  {id: 'strings', drums: false, program: 48, notes: strings()},
  {id: 'vocal', drums: false, program: 53, notes: sung(melody, 18, 92), controls: vibrato(melody)},
  {id: 'backing', drums: false, program: 52, notes: sung(answers, 19, 84)},
  {id: 'effects', drums: false, program: 0, notes: []},
];

/** Bytes of a Standard MIDI file (format 0, 480 ticks a quarter) with the notes of one part. */
export function midiFile(part) {
  const ticksPerBeat = 480;
  const channel = part.drums ? 9 : 0;
  const events = [{tick: 0, order: 0, bytes: [0xc0 | channel, part.program]}];
  const tickOf = (beat) => Math.round(beat * ticksPerBeat);
  for (const note of part.notes) {
    events.push({tick: tickOf(note.beat), order: 2, bytes: [0x90 | channel, note.key, note.velocity]});
    events.push({tick: tickOf(note.beat + note.beats), order: 1, bytes: [0x80 | channel, note.key, 64]});
  }
  for (const control of part.controls ?? []) {
    events.push({tick: tickOf(control.beat), order: 0, bytes: [0xb0 | channel, control.cc, control.value]});
  }
  events.sort((a, b) => a.tick - b.tick || a.order - b.order);
  const microseconds = Math.round(60_000_000 / beatsPerMinute);
  const track = [0, 0xff, 0x51, 3, (microseconds >> 16) & 255, (microseconds >> 8) & 255, microseconds & 255];
  let tick = 0;
  for (const event of events) {
    track.push(...variableLength(event.tick - tick), ...event.bytes);
    tick = event.tick;
  }
  const end = tickOf(bars * beatsPerBar) + Math.ceil((tailSeconds * beatsPerMinute * ticksPerBeat) / 60);
  track.push(...variableLength(Math.max(0, end - tick)), 0xff, 0x2f, 0);
  const word = (value) => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  return Uint8Array.from([
    ...[0x4d, 0x54, 0x68, 0x64, ...word(6), 0, 0, 0, 1, ticksPerBeat >> 8, ticksPerBeat & 255],
    ...[0x4d, 0x54, 0x72, 0x6b, ...word(track.length), ...track],
  ]);
}

function variableLength(value) {
  const bytes = [value & 127];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 127) | 128);
  return bytes;
}
