import {createActor} from 'xstate';
import type {Engine} from '../engine/contract.ts';
import {createTrimListener, type TrimListener} from '../gain/auto-trim.ts';
import {tickAt} from '../gain/lamp-pattern.ts';
import {createPlayedLoudness} from '../gain/played-loudness.ts';
import {roughBalance} from '../gain/rough-balance.ts';
import {adviceIn, adviceReaderMachine} from '../machines/advice-reader.ts';
import {proposalMachine, proposesChange} from '../machines/proposal.ts';
import type {Assistance, Finding, Proposal, TrimScope} from '../model/assistance.ts';
import type {MeterFrame} from '../model/meter.ts';
import type {Mixer, StripId} from '../model/mixer.ts';
import type {View} from '../model/view.ts';
import type {Warning} from '../model/warning.ts';
import {advicePages, readingTicks, type TextArea} from '../surface/advice-text.ts';
import type {AssistIntent} from '../surface/intent.ts';
import {hasParameter} from '../surface/ownership.ts';
import {shownStrips, stripOf} from '../surface/shown-strips.ts';
import {actorClock, type Clock} from './clock.ts';
import type {DeskHistory} from './desk-history.ts';
import {answerOf, balanceOf, commandsOf, stepName} from './proposal-words.ts';

export interface GainAssistantOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  /** All steps of the desk. */
  readonly history: DeskHistory;
  readonly view: () => View;
  /** What stands now, the most urgent first. */
  readonly warnings: () => readonly Warning[];
  readonly acknowledgeAll: () => void;
  /** Scribble strips of the units that can be read now. */
  readonly textAreas: () => readonly TextArea[];
  /** `state` is another. */
  readonly changed: () => void;
}

/** The desk's help with gain: it reads advice out, listens, proposes, and takes steps back. */
export interface GainAssistant {
  push(frame: MeterFrame, mixer: Mixer): void;
  perform(intent: AssistIntent): void;
  /** A hand may have decided what was proposed. */
  mixerChanged(): void;
  readonly state: Assistance;
  /** Says something in a sentence, for a while. */
  tell(sentence: string): void;
  end(): void;
}

/** Milliseconds of a tick of the lamp clock. */
const tickMs = 50;
/** Advice is shown for so long at least, and a sentence about what was done. */
const shortestReadingMs = 6000;
const toldMs = 8000;

export function createGainAssistant(options: GainAssistantOptions): GainAssistant {
  const {engine, clock, history} = options;
  const loudness = createPlayedLoudness(engine.status.sampleRate);
  const time = actorClock(clock);
  const reader = createActor(adviceReaderMachine, {clock: time});
  const proposals = createActor(proposalMachine, {clock: time});
  let listener: TrimListener | undefined;
  let listened: readonly StripId[] = [];
  let told: string | undefined;
  let endTold = (): void => {};
  let state: Assistance | undefined;

  const changed = (): void => {
    state = undefined;
    options.changed();
  };
  const tell = (sentence: string): void => {
    endTold();
    told = sentence;
    endTold = clock.after(toldMs, () => {
      told = undefined;
      changed();
    });
    changed();
  };

  proposals.on('listening.began', ({scope, isFirst}) => {
    if (isFirst || listener === undefined) {
      listener = createTrimListener(engine.status.sampleRate);
      listened = [];
    }
    const strips = stripsIn(scope);
    listener.listenTo(strips);
    listened = [...new Set([...listened, ...strips])];
  });
  proposals.on('listening.ended', ({scopes}) => {
    const findings = listener?.findings(engine.mixer) ?? new Map<StripId, Finding>();
    listener = undefined;
    propose({what: 'trim', findings}, scopes, answerOf(findings, engine.mixer));
  });
  proposals.on('proposal.applied', ({proposal}) => {
    const name = stepName(proposal, engine.mixer);
    history.apply(name, commandsOf(proposal));
    tell(`Done: ${name}.`);
  });
  reader.subscribe(changed);
  proposals.subscribe(changed);
  reader.start();
  proposals.start();

  /** Of all that is shown the recordings: what groups and returns carry depends on them. */
  function stripsIn(scope: TrimScope): readonly StripId[] {
    if (scope !== 'shown') return [scope];
    const {mixer} = engine;
    const able = shownStrips(mixer, options.view()).filter((strip) => hasParameter(mixer, strip, 'trim'));
    const stems = able.filter(({kind}) => kind === 'stem');
    return (stems.length > 0 ? stems : able).map(({id}) => id);
  }

  function propose(proposal: Proposal, scopes: readonly TrimScope[], answer: string): void {
    if (!proposesChange(proposal)) tell(answer);
    proposals.send({type: 'proposal.made', proposal, scopes});
  }

  function read(strip: StripId): void {
    const warning = options.warnings().find((one) => one.strip === strip);
    if (warning === undefined) {
      reader.send({type: 'advice.closed'});
      return;
    }
    const {advice: text, rule} = warning;
    const ticks = options.textAreas().map((area) => readingTicks(advicePages(text, area)));
    reader.send({
      type: 'advice.asked',
      advice: {strip, rule, text, sinceTick: tickAt(clock.now())},
      lastsMs: Math.max(shortestReadingMs, ...ticks.map((count) => count * tickMs)),
    });
  }

  function cancel(): void {
    const isReading = adviceIn(reader.getSnapshot()) !== undefined;
    const isProposing = !proposals.getSnapshot().matches('idle');
    if (isReading) reader.send({type: 'advice.closed'});
    else if (isProposing) proposals.send({type: 'proposal.dropped'});
    else options.acknowledgeAll();
  }

  function balance(): void {
    const {proposal} = proposals.getSnapshot().context;
    if (proposal?.what === 'level' && proposesChange(proposal)) {
      proposals.send({type: 'proposal.accepted'});
      return;
    }
    const found = roughBalance(engine.mixer, (strip) => loudness.of(strip));
    propose({what: 'level', findings: found.findings}, [], balanceOf(found));
  }

  function now(): Assistance {
    const snapshot = proposals.getSnapshot();
    const {proposal, scopes} = snapshot.context;
    const listening = new Set(snapshot.hasTag('listening') ? listened : []);
    return {advice: adviceIn(reader.getSnapshot()), listening, scopes, proposal, told, ...history.next};
  }

  return {
    push(frame, mixer) {
      loudness.push(frame, mixer);
      listener?.push(frame, mixer);
    },
    perform(intent) {
      switch (intent.type) {
        case 'advice.read':
          return read(intent.strip);
        case 'advice.close':
          return reader.send({type: 'advice.closed'});
        case 'gain.hold':
          return proposals.send({type: 'trim.held', key: intent.key, scope: intent.scope});
        case 'gain.letGo':
          return proposals.send({type: 'trim.letGo', key: intent.key});
        case 'gain.balance':
          return balance();
        case 'gain.apply':
          return proposals.send({type: 'proposal.accepted'});
        case 'gain.cancel':
          return cancel();
        case 'session.undo':
          return tell(history.undo());
        case 'session.redo':
          return tell(history.redo());
      }
    },
    mixerChanged() {
      const {proposal} = proposals.getSnapshot().context;
      if (proposal === undefined || !proposesChange(proposal)) return;
      const left = new Map([...proposal.findings].filter(([strip, finding]) => isOpen(strip, finding, proposal)));
      if (left.size < proposal.findings.size)
        proposals.send({type: 'proposal.narrowed', proposal: {...proposal, findings: left}});
    },
    get state() {
      // Steps are made elsewhere, too: passes, edits, snapshots.
      const {undo, redo} = history.next;
      if (state === undefined || state.undo !== undo || state.redo !== redo) state = now();
      return state;
    },
    tell,
    end() {
      endTold();
      reader.stop();
      proposals.stop();
    },
  };

  /** Whether the value still is what it was when it was proposed to change it. */
  function isOpen(strip: StripId, finding: Finding, {what}: Proposal): boolean {
    if (finding.type !== 'change') return true;
    const is = stripOf(engine.mixer, strip);
    return (what === 'trim' ? is?.trimDb : is?.levelDb) === finding.fromDb;
  }
}
