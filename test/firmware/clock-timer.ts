import type {CPU} from 'avr8js';

/** Timer 1 as the firmware uses it, counting to OCR1A and from 0 again: one event a round, where a counter for every program costs one a count. */
export function startClockTimer(cpu: CPU): void {
  const compare = {address: 0x16, flagRegister: 0x36, flagMask: 2, enableRegister: 0x6f, enableMask: 2};
  const [control, count, top] = [0x81, 0x84, 0x88];
  const dividers = [0, 1, 8, 64, 256, 1024];
  let divider = 0;
  let began = 0;

  const round = () => ((cpu.data[top] ?? 0) + 256 * (cpu.data[top + 1] ?? 0) + 1) * divider;
  const over = () => {
    if (divider === 0) return;
    cpu.setInterruptFlag(compare);
    began += round();
    cpu.addClockEvent(over, began + round() - cpu.cycles);
  };
  cpu.writeHooks[control] = (value) => {
    divider = dividers[value & 7] ?? 0;
    began = cpu.cycles;
    cpu.clearClockEvent(over);
    if (divider !== 0) cpu.addClockEvent(over, round());
  };
  cpu.writeHooks[compare.enableRegister] = (value) => cpu.updateInterruptEnable(compare, value);
  cpu.writeHooks[compare.flagRegister] = (value) => {
    cpu.clearInterruptByFlag(compare, value);
    return true;
  };
  cpu.readHooks[count] = () => {
    const counts = divider === 0 ? 0 : Math.floor((cpu.cycles - began) / divider);
    cpu.data[count + 1] = (counts >> 8) & 0xff;
    return counts & 0xff;
  };
}
