import test from 'ava';
import {EEPROMMemoryBackend} from 'avr8js';
import {newDeskBench} from './desk-bench.ts';

/** An EEPROM that stops when the power fails: after so many bytes, and the one that was under way is left erased or half written. */
class FailingEeprom extends EEPROMMemoryBackend {
  left = Number.POSITIVE_INFINITY;
  readonly #torn: 'not begun' | 'erased' | 'half written';
  constructor(torn: 'not begun' | 'erased' | 'half written') {
    super(1024);
    this.#torn = torn;
  }
  override eraseMemory(address: number): void {
    if (this.left > 0 || (this.left === 0 && this.#torn !== 'not begun')) super.eraseMemory(address);
  }
  override writeMemory(address: number, value: number): void {
    if (this.left > 0) super.writeMemory(address, value);
    else if (this.left === 0 && this.#torn === 'half written') super.writeMemory(address, value | 0x5a);
    this.left--;
  }
}

const restartFlags = 1;
/** Bytes of a slot: generation, length, six values of eight faders, label, bank, check. */
const slotBytes = 4 + 12 * 8 + 12 + 1 + 4;
const encoder = new TextEncoder();

/** More for a thorough run: POWER_CUTS=all cuts at every byte. */
const everyByte = process.env['POWER_CUTS'] === 'all';
const cuts = Array.from({length: slotBytes + 1}, (_, bytes) => bytes).filter(
  (bytes) => everyByte || bytes % 29 === 0 || bytes >= slotBytes - 1,
);

for (const torn of ['not begun', 'erased', 'half written'] as const) {
  test(`power that fails in a commit, the byte ${torn}, leaves what was stored or what was to be`, (t) => {
    const eeprom = new FailingEeprom(torn);
    const {host, machine} = newDeskBench(1000, eeprom);
    const setLabel = (label: string) =>
      host.send({type: 'config-set', key: 1, control: 0, value: encoder.encode(label)});
    const commit = () => {
      host.run(10);
      host.send({type: 'config-commit'});
    };
    setLabel('first');
    commit();
    t.truthy(host.until((message) => message.type === 'config-stored', 1000));
    const stored = eeprom.memory.slice();
    const seen = new Set<string>();
    for (const bytes of cuts) {
      eeprom.left = Number.POSITIVE_INFINITY;
      eeprom.memory.set(stored);
      machine.restart(restartFlags);
      host.until((message) => message.type === 'hello' && message.session !== 0, 2000);
      setLabel('second');
      // Counts what the configuration writes alone: boot count and number are written by now.
      host.run(10);
      eeprom.left = bytes;
      commit();
      host.run(6 + 5 * Math.min(bytes + 2, slotBytes));
      eeprom.left = Number.POSITIVE_INFINITY;
      machine.restart(restartFlags);
      host.until((message) => message.type === 'hello' && message.session !== 0, 2000);
      host.heard();
      host.send({type: 'config-get', key: 1, control: 0});
      const answer = host.until((message) => message.type === 'config-value', 500)?.message;
      const label = answer?.type === 'config-value' ? new TextDecoder().decode(answer.value) : 'nothing';
      seen.add(label);
      const beat = host.until((message) => message.type === 'heartbeat', 500)?.message;
      t.true(['first', 'second'].includes(label), `cut after ${bytes} bytes: ${label}`);
      t.true(beat?.type === 'heartbeat' && (beat.state & 4) === 0, `cut after ${bytes} bytes: a valid slot`);
    }
    t.deepEqual([...seen], ['first', 'second']);
  });
}
