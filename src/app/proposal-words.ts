import type {RoughBalance} from '../gain/rough-balance.ts';
import type {Assistance, Finding, Proposal} from '../model/assistance.ts';
import type {MixerCommand} from '../model/command.ts';
import type {Mixer, StripId} from '../model/mixer.ts';
import {plainText} from '../model/problem.ts';
import {stripOf} from '../surface/shown-strips.ts';

type Findings = ReadonlyMap<StripId, Finding>;

const steps: Readonly<Record<Proposal['what'], string>> = {trim: 'auto-trim', level: 'rough balance'};

/** What is to be set when a proposal is accepted. */
export function commandsOf({what, findings}: Proposal): readonly MixerCommand[] {
  return [...findings].flatMap(([strip, finding]): readonly MixerCommand[] => {
    if (finding.type !== 'change') return [];
    const {toDb} = finding;
    return [
      what === 'trim' ? {type: 'strip.setTrim', strip, trimDb: toDb} : {type: 'strip.setLevel', strip, levelDb: toDb},
    ];
  });
}

/** `auto-trim of Kick`, `rough balance of 8 strips`. */
export function stepName({what, findings}: Proposal, mixer: Mixer): string {
  return `${steps[what]} of ${namesOf(findings, 'change', mixer)}`;
}

/** Why nothing is proposed after listening. */
export function answerOf(findings: Findings, mixer: Mixer): string {
  const silent = [...findings.values()].filter(({type}) => type === 'silent').length;
  if (silent === findings.size)
    return `Nothing was heard of ${namesOf(findings, 'silent', mixer)}: hold the key while the loudest part plays.`;
  return `Nothing to trim: ${namesOf(findings, 'fine', mixer)} lies in the window, or as near as the trim goes.`;
}

/** Why no balance is proposed. */
export function balanceOf({anchor}: RoughBalance): string {
  return anchor === undefined
    ? 'Nothing was heard long enough: play three seconds of every strip, then ask for a balance.'
    : `Nothing to balance: all lies within half a dB, around the ${anchor}.`;
}

/** What goes on, in a line for people; undefined while nothing does. */
export function assistanceLine({listening, proposal, told}: Assistance, mixer: Mixer): string | undefined {
  if (listening.size > 0)
    return `Listening to ${count(listening.size)}: play the loudest part, then let go (terminal: E again).`;
  if (proposal === undefined) return told;
  const changes = [...proposal.findings.values()].filter((finding) => finding.type === 'change');
  if (changes.length === 0) return told;
  const limited = changes.filter((finding) => finding.type === 'change' && finding.limited).length;
  const silent = [...proposal.findings.values()].filter(({type}) => type === 'silent').length;
  const notes = [
    limited === 0 ? '' : `, ${limited} as far as it goes`,
    silent === 0 ? '' : `, ${silent} not heard`,
  ].join('');
  const what = proposal.what === 'trim' ? 'trims' : 'levels';
  return `Proposal: ${what} for ${namesOf(proposal.findings, 'change', mixer)}${notes}: a apply, c cancel.`;
}

function namesOf(findings: Findings, type: Finding['type'], mixer: Mixer): string {
  const strips = [...findings].filter(([, finding]) => finding.type === type).map(([strip]) => strip);
  const [only] = strips;
  const name = strips.length === 1 && only !== undefined ? stripOf(mixer, only)?.name : undefined;
  return name === undefined ? count(strips.length) : plainText(name);
}

function count(strips: number): string {
  return strips === 1 ? '1 strip' : `${strips} strips`;
}
