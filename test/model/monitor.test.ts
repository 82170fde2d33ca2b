import test from 'ava';
import fc from 'fast-check';
import {applyMonitorCommand, type Monitor, type MonitorCommand, newMonitor, speakers} from '../../src/model/monitor.ts';

const commands: readonly [MonitorCommand, Partial<Monitor>][] = [
  [{type: 'monitor.setDim', dim: true}, {dim: true}],
  [{type: 'monitor.setDimLevel', dimDb: -30}, {dimDb: -30}],
  [{type: 'monitor.setDimLevel', dimDb: -1000}, {dimDb: -60}],
  [{type: 'monitor.setDimLevel', dimDb: 5}, {dimDb: 0}],
  [{type: 'monitor.setMono', mono: true}, {mono: true}],
  [{type: 'monitor.setSwap', swap: true}, {swap: true}],
  [{type: 'monitor.setPolarity', polarity: 'left'}, {polarity: 'left'}],
  [{type: 'monitor.setSpeaker', speaker: 'car'}, {speaker: 'car'}],
  [{type: 'monitor.setReference', reference: 'on'}, {reference: 'on'}],
  [{type: 'monitor.chooseReference', number: 3}, {referenceNumber: 3}],
  [{type: 'monitor.chooseReference', number: 99}, {referenceNumber: 8}],
  [{type: 'monitor.setLevel', levelDb: -12}, {levelDb: -12}],
  [{type: 'monitor.setLevel', levelDb: -90}, {levelDb: Number.NEGATIVE_INFINITY}],
  [{type: 'monitor.setLevel', levelDb: 40}, {levelDb: 10}],
];

for (const [command, expected] of commands) {
  test(`${JSON.stringify(command)} changes what it names and nothing else, and once only`, (t) => {
    const next = applyMonitorCommand(newMonitor, command);
    t.deepEqual(next, {...newMonitor, ...expected});
    t.is(applyMonitorCommand(next, command), next);
  });
}

const turns: readonly [MonitorCommand, readonly Partial<Monitor>[]][] = [
  [{type: 'monitor.toggle', what: 'dim'}, [{dim: true}, {dim: false}]],
  [{type: 'monitor.toggle', what: 'mono'}, [{mono: true}, {mono: false}]],
  [{type: 'monitor.toggle', what: 'swap'}, [{swap: true}, {swap: false}]],
  [{type: 'monitor.toggle', what: 'polarity'}, [{polarity: 'left'}, {polarity: 'none'}]],
  [{type: 'monitor.toggle', what: 'reference'}, [{reference: 'on'}, {reference: 'off'}]],
  [
    {type: 'monitor.nextSpeaker'},
    [{speaker: 'phone'}, {speaker: 'laptop'}, {speaker: 'car'}, {speaker: 'none'}, {speaker: 'phone'}],
  ],
  [
    {type: 'monitor.nextReference'},
    [{referenceNumber: 2}, {referenceNumber: 3}, {referenceNumber: 1}, {referenceNumber: 2}],
  ],
];

for (const [command, expected] of turns) {
  test(`${JSON.stringify(command)} goes on, and round, with three references`, (t) => {
    let monitor = newMonitor;
    for (const values of expected) {
      monitor = applyMonitorCommand(monitor, command, 3);
      t.deepEqual(monitor, {...newMonitor, ...values});
    }
  });
}

const steps: readonly [from: Partial<Monitor>, byDb: number, expected: Partial<Monitor>][] = [
  [{}, -1, {levelDb: -1}],
  [{levelDb: 9.5}, 1, {levelDb: 10}],
  [{levelDb: -89}, -2, {levelDb: Number.NEGATIVE_INFINITY}],
  [{levelDb: Number.NEGATIVE_INFINITY}, -1, {levelDb: Number.NEGATIVE_INFINITY}],
  [{levelDb: Number.NEGATIVE_INFINITY}, 1, {levelDb: -89}],
  [{dim: true, levelDb: -6}, -4, {dim: true, levelDb: -6, dimDb: -24}],
  [{dim: true, dimDb: -1}, 3, {dim: true, dimDb: 0}],
  [{levelDb: -6}, Number.NaN, {levelDb: -6}],
];

for (const [from, byDb, expected] of steps) {
  test(`a step of ${byDb} dB from ${JSON.stringify(from)} gives ${JSON.stringify(expected)}`, (t) => {
    const next = applyMonitorCommand({...newMonitor, ...from}, {type: 'monitor.changeLevel', byDb});
    t.deepEqual(next, {...newMonitor, ...expected});
  });
}

test('without a reference none is heard or chosen', (t) => {
  for (const command of [
    {type: 'monitor.setReference', reference: 'on'},
    {type: 'monitor.toggle', what: 'reference'},
    {type: 'monitor.chooseReference', number: 2},
    {type: 'monitor.nextReference'},
  ] as const)
    t.is(applyMonitorCommand(newMonitor, command, 0), newMonitor);
});

test('what is no number changes nothing', (t) => {
  t.is(applyMonitorCommand(newMonitor, {type: 'monitor.setLevel', levelDb: Number.NaN}), newMonitor);
  t.is(applyMonitorCommand(newMonitor, {type: 'monitor.setDimLevel', dimDb: Number.NaN}), newMonitor);
  t.is(applyMonitorCommand(newMonitor, {type: 'monitor.chooseReference', number: Number.NaN}), newMonitor);
});

test('no numbers bring the monitor out of its ranges', (t) => {
  fc.assert(
    fc.property(fc.double(), fc.double(), (dimDb, levelDb) => {
      const dimmed = applyMonitorCommand(newMonitor, {type: 'monitor.setDimLevel', dimDb});
      const set = applyMonitorCommand(dimmed, {type: 'monitor.setLevel', levelDb});
      const moved = applyMonitorCommand(set, {type: 'monitor.changeLevel', byDb: dimDb});
      const monitor = applyMonitorCommand({...moved, dim: true}, {type: 'monitor.changeLevel', byDb: levelDb});
      const level = monitor.levelDb;
      return (
        monitor.dimDb >= -60 &&
        monitor.dimDb <= 0 &&
        (level === Number.NEGATIVE_INFINITY || (level > -90 && level <= 10))
      );
    }),
  );
  t.is(speakers[0], 'none');
});
