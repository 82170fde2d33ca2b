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

test('what is no number changes nothing', (t) => {
  t.is(applyMonitorCommand(newMonitor, {type: 'monitor.setLevel', levelDb: Number.NaN}), newMonitor);
  t.is(applyMonitorCommand(newMonitor, {type: 'monitor.setDimLevel', dimDb: Number.NaN}), newMonitor);
});

test('no numbers bring the monitor out of its ranges', (t) => {
  fc.assert(
    fc.property(fc.double(), fc.double(), (dimDb, levelDb) => {
      const dimmed = applyMonitorCommand(newMonitor, {type: 'monitor.setDimLevel', dimDb});
      const monitor = applyMonitorCommand(dimmed, {type: 'monitor.setLevel', levelDb});
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
