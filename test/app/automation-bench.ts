import type {AutomationOptions} from '../../src/app/automation-contract.ts';
import {createAutomation} from '../../src/app/automation-desk.ts';
import type {Clock} from '../../src/app/clock.ts';
import {laneValueAt} from '../../src/automation/read-out.ts';
import {type AutomationMode, newAutomation} from '../../src/model/automation.ts';
import type {AutomationIntent} from '../../src/model/automation-intent.ts';
import {noHistory} from '../../src/model/history.ts';
import type {JournalEntry} from '../../src/model/journal.ts';
import {type LaneId, type LaneTarget, laneCommand, laneKind, laneTarget} from '../../src/model/lane.ts';
import {type Mixer, newMixer, newStrip, type StripId} from '../../src/model/mixer.ts';
import {memoryEngine} from '../journeys/memory-engine.ts';
import {VirtualTimers} from '../transport/virtual-timers.ts';

export const rate = 48_000;

/** Two stems, a return and a VCA. */
export const fewStrips: Mixer = newMixer({
  strips: [
    newStrip({id: 'vox', name: 'Lead Vocal'}),
    newStrip({id: 'kick', name: 'Kick', channels: 1, levelDb: -6}),
    newStrip({id: 'hall', name: 'Hall', kind: 'return'}),
    newStrip({id: 'band', name: 'Band', kind: 'vca'}),
  ],
});

/** Automation over an engine in memory, without surfaces: hands are told of in words, time and tape move together. */
export function automationBench(
  given: Partial<Pick<AutomationOptions, 'automation' | 'history'>> & {readonly mode?: AutomationMode} = {},
) {
  const {mode = 'touch', automation: initial = newAutomation, history = noHistory} = given;
  const timers = new VirtualTimers();
  const clock: Clock = {now: timers.now, after: timers.after, soon: (call) => void timers.after(0, call)};
  const engine = memoryEngine(fewStrips);
  const journal: JournalEntry[] = [];
  const said: string[] = [];
  let selected: StripId | undefined;
  const automation = createAutomation({
    engine,
    clock,
    automation: initial,
    history,
    journal: (entry) => journal.push(entry),
    selected: () => selected,
    tell: (sentence) => said.push(sentence),
    changed: () => {},
  });
  engine.onChanged((what) => {
    if (what === 'mixer' || what === 'lanes') automation.mixerChanged();
    if (what === 'playback') automation.playbackChanged();
  });
  const handOf = (control: string, unit: string) => ({unit, control, by: unit});
  const targetOf = (lane: LaneId): LaneTarget => {
    const target = laneTarget(lane);
    if (target === undefined) throw new Error(`${lane} is no lane`);
    return target;
  };
  const setMode = (next: AutomationMode | undefined): void =>
    automation.perform({type: 'automation.setMode', scope: {type: 'desk'}, mode: next});
  setMode(mode);
  journal.length = 0;

  return {
    automation,
    engine,
    journal,
    said,
    setMode,
    perform: (intent: AutomationIntent) => automation.perform(intent),
    select: (strip: StripId) => {
      selected = strip;
    },
    /** A hand comes to a lane's control, moves it, lets it go; of another surface if one is named. */
    touch: (lane: LaneId, unit = 'unit') => {
      const {strip, parameter} = targetOf(lane);
      if (parameter === 'level.offset' || parameter === 'mute') throw new Error(`no control feels a hand on ${lane}`);
      automation.hands.touched(handOf(lane, unit), {strip, parameter});
    },
    move: (lane: LaneId, value: number, unit = 'unit') => {
      const command = laneCommand(targetOf(lane), value);
      if (command !== undefined) automation.hands.moved(handOf(lane, unit), command);
    },
    release: (lane: LaneId, unit = 'unit') => automation.hands.leave(handOf(lane, unit), 'released'),
    leave: (lane: LaneId, unit = 'unit') => automation.hands.leave(handOf(lane, unit), 'left'),
    lose: (unit = 'unit') => automation.hands.lost(unit),
    play: () => automation.obey({type: 'playback.play'}),
    stop: () => automation.obey({type: 'playback.stop'}),
    locate: (seconds: number) => automation.obey({type: 'playback.locate', frame: seconds * rate}),
    loop: (inSeconds: number, outSeconds: number) => {
      engine.apply({type: 'playback.setLoop', loop: {inFrame: inSeconds * rate, outFrame: outSeconds * rate}});
      engine.apply({type: 'playback.setLooping', looping: true});
    },
    /** Time goes on, and the tape if it plays; it is looked at every 35 ms, about as often as the desk does. */
    roll: (seconds: number) => {
      const steps = Math.round(seconds * 200);
      for (let step = 1; step <= steps; step++) {
        engine.roll(rate / 200);
        timers.advance(5);
        if (step % 7 === 0) automation.look();
      }
    },
    /** What a lane says at so many seconds, to hundredths; undefined if it has no point. */
    at: (id: LaneId, seconds: number): number | undefined => {
      const lane = automation.kept.automation.lanes.get(id);
      if (lane === undefined) return undefined;
      const value = laneValueAt(lane, laneKind(targetOf(id).parameter).curve, Math.round(seconds * rate));
      return Math.round(value * 100) / 100 + 0;
    },
    steps: () => automation.kept.history.past.map(({name}) => name),
    levelDb: (strip: number) => Math.round((engine.mixer.strips[strip]?.levelDb ?? Number.NaN) * 100) / 100,
    writing: () => automation.status.writing.map(({lane, by}) => `${lane} by ${by}`),
  };
}
