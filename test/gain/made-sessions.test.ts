import test from 'ava';
import {hear} from './made-hearing.ts';
import {cleanSession, type Fault, faults, slowRules, slowSeconds, usualSeconds} from './made-sessions.ts';

/** What the rules find in sessions of which it is known what is wrong with them. */

const cleanSessions = 3;

interface Heard {
  readonly fault: Fault | undefined;
  readonly isFound: boolean;
  /** Advice at strips or a bus in which nothing is wrong. */
  readonly falsely: readonly string[];
  readonly strips: number;
}

async function listen(seed: number, fault: Fault | undefined): Promise<Heard> {
  const clean = cleanSession(seed);
  const session = fault === undefined ? clean : fault.plant(clean);
  const isSlow = fault === undefined || slowRules.has(fault.rule);
  const warnings = await hear(session, isSlow ? slowSeconds : usualSeconds);
  const isDue = ({rule, strip}: (typeof warnings)[number]): boolean =>
    fault !== undefined && (strip === fault.at ? true : (fault.brings ?? []).includes(rule));
  return {
    fault,
    isFound: fault === undefined || warnings.some(({rule, strip}) => rule === fault.rule && strip === fault.at),
    falsely: warnings
      .filter((warning) => !isDue(warning))
      .map(({rule, strip, severity}) => `${rule} at ${strip} (${severity})`),
    strips: session.mixer.strips.length + 1 - (fault === undefined ? 0 : 1),
  };
}

test('every planted fault is found, and clean strips are left in peace', async (t) => {
  t.timeout(300_000);
  const heard: Heard[] = [];
  for (let seed = 1; seed <= cleanSessions; seed++) heard.push(await listen(seed, undefined));
  for (const [index, fault] of faults.entries()) heard.push(await listen(1 + (index % 3), fault));

  const missed = heard.filter(({isFound}) => !isFound).map(({fault}) => `${fault?.rule} at ${fault?.at}`);
  const falsely = heard.flatMap((one) =>
    one.falsely.map((text) => `${text} in ${one.fault ? `${one.fault.rule} at ${one.fault.at}` : 'clean'}`),
  );
  const clean = heard.reduce((sum, {strips}) => sum + strips, 0);
  const found = faults.length - missed.length;
  t.log(
    `${heard.length} sessions, ${faults.length} planted faults: ${found} found (recall ${((100 * found) / faults.length).toFixed(0)} %)`,
  );
  t.log(
    `${falsely.length} false advices at ${clean} clean strips and buses (precision ${((100 * found) / (found + falsely.length)).toFixed(0)} %)`,
  );
  for (const text of [...missed.map((one) => `missed: ${one}`), ...falsely.map((one) => `false: ${one}`)]) t.log(text);
  t.true(faults.length >= 40);
  t.deepEqual(missed, []);
  t.true(falsely.length <= clean / 10);
});
