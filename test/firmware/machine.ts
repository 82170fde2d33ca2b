import {
  AVRADC,
  AVRClock,
  AVREEPROM,
  AVRIOPort,
  AVRSPI,
  AVRUSART,
  AVRWatchdog,
  adcConfig,
  avrInstruction,
  CPU,
  EEPROMMemoryBackend,
  portBConfig,
  portCConfig,
  portDConfig,
  spiConfig,
  usart0Config,
  watchdogConfig,
} from 'avr8js';
import {startClockTimer} from './clock-timer.ts';

/** What is soldered around the chip. Bits of a port are its output levels; voltages are parts of the supply, 0…1. */
export interface Board {
  readonly output: (port: PortName, levels: number, chip: Chip) => void;
  readonly voltage: (channel: number) => number;
  /** A byte from MISO for one to MOSI. */
  readonly exchange?: (byte: number) => number;
}

export type PortName = 'B' | 'C' | 'D';

/** The chip as a board sees it. */
export interface Chip {
  readonly setPin: (port: PortName, bit: number, high: boolean) => void;
  readonly after: (cycles: number, then: () => void) => void;
}

/** Why a chip starts: bits of MCUSR. */
export const resetFlags = {power: 1, line: 2, brownOut: 4, watchdog: 8} as const;

/** An ATmega328P at 16 MHz that runs real firmware in virtual time: CPU and peripherals of avr8js, and what those lack. */
export interface Machine {
  /** Since power came, across restarts. */
  readonly nowMs: () => number;
  /** Lets so much time pass. */
  readonly run: (ms: number) => void;
  /** Puts bytes on the line to the chip: they arrive one after another at 115,200 baud. */
  readonly send: (bytes: Uint8Array) => void;
  /** What the chip said since the last call. */
  readonly heard: () => Uint8Array;
  readonly eeprom: EEPROMMemoryBackend;
  /** A byte of the data space: registers, then memory from 100h. */
  readonly peek: (address: number) => number;
  /** The program stays where it is, for ever; with or without its interrupts. A restart heals it. */
  readonly hang: (interrupts: boolean) => void;
  readonly restart: (flags: number) => void;
  readonly restarts: () => number;
  /** Bytes that came before the chip had read the one before. */
  readonly overruns: () => number;
}

const hertz = 16_000_000;
const perMs = hertz / 1000;
const bitsPerByte = 10;
const cyclesPerByte = Math.round((hertz * bitsPerByte) / 115_200);
const sleepInstruction = 0x9588;
const enableInterrupts = 0x9478;
const jumpToItself = 0xcfff;
const registers = {statusControl: 0x53, mcusr: 0x54, sreg: 0x5f, wdtcsr: 0x60} as const;
const memoryStart = 0x100;
const received = 0x80;

/** The chip on its board, just switched on. */
export function newMachine(program: Uint16Array, board: Board, eeprom = new EEPROMMemoryBackend(1024)): Machine {
  const flash = program.slice();
  const said: number[] = [];
  const coming: number[] = [];
  let life = startLife(resetFlags.power);
  let before = 0;
  let restarts = 0;
  let overruns = 0;

  function startLife(flags: number, memory?: Uint8Array) {
    const cpu = new CPU(flash, 2048);
    if (memory) cpu.data.set(memory, memoryStart);
    cpu.data[registers.mcusr] = flags;
    const ports = {
      B: new AVRIOPort(cpu, portBConfig),
      C: new AVRIOPort(cpu, portCConfig),
      D: new AVRIOPort(cpu, portDConfig),
    };
    const chip: Chip = {
      setPin: (port, bit, high) => ports[port].setPin(bit, high),
      after: (cycles, then) => cpu.addClockEvent(then, cycles),
    };
    for (const name of ['B', 'C', 'D'] as const) ports[name].addListener((levels) => board.output(name, levels, chip));
    const usart = new AVRUSART(cpu, usart0Config, hertz);
    usart.onByteTransmit = (byte) => said.push(byte);
    keepReceived(cpu, usart);
    const spi = new AVRSPI(cpu, spiConfig, hertz);
    spi.onByte = (byte) => {
      const answer = board.exchange?.(byte) ?? 0xff;
      cpu.addClockEvent(() => spi.completeTransfer(answer), spi.transferCycles);
    };
    const adc = new AVRADC(cpu, adcConfig);
    adc.onADCRead = (input) => {
      const level = 'channel' in input ? board.voltage(input.channel) : 0;
      const reading = Math.min(1023, Math.max(0, Math.floor(level * 1024)));
      cpu.addClockEvent(() => adc.completeADCRead(reading), adc.sampleCycles);
    };
    new AVREEPROM(cpu, eeprom);
    new AVRWatchdog(cpu, watchdogConfig, new AVRClock(cpu, hertz));
    startClockTimer(cpu);
    const wanted = {restart: false};
    cpu.reset = () => {
      wanted.restart = true;
    };
    if (flags & resetFlags.watchdog) {
      // The watchdog stays on after its own reset, at its shortest.
      cpu.writeData(registers.wdtcsr, 0x18);
      cpu.writeData(registers.wdtcsr, 0x08);
    }
    return {cpu, usart, wanted, asleep: false, feeding: false};
  }

  function restart(flags: number): void {
    before += life.cpu.cycles;
    restarts++;
    flash.set(program);
    life.feeding = false;
    coming.length = 0;
    for (const name of ['B', 'C', 'D'] as const) board.output(name, 0, {setPin: () => {}, after: () => {}});
    life = startLife(flags, life.cpu.data.slice(memoryStart));
  }

  function feed(): void {
    const {cpu, usart} = life;
    const byte = coming.shift();
    life.feeding = byte !== undefined;
    if (byte === undefined) return;
    if ((cpu.data[usart0Config.UCSRA] ?? 0) & received) overruns++;
    usart.writeByte(byte, true);
    cpu.addClockEvent(feed, cyclesPerByte);
  }

  /** Runs until a cycle, or until the chip wants to restart. */
  function turn(end: number): void {
    const {cpu, wanted} = life;
    while (cpu.cycles < end && !wanted.restart) {
      if (life.asleep) {
        const {pc} = cpu;
        const next = cpu.nextInterrupt < 0 ? (cpu['nextClockEvent']?.cycles ?? end) : 0;
        cpu.cycles = Math.max(cpu.cycles, Math.min(next, end));
        cpu.tick();
        // An interrupt wakes it, by going elsewhere.
        life.asleep = cpu.pc === pc;
        continue;
      }
      const instruction = flash[cpu.pc];
      avrInstruction(cpu);
      // What follows the enabling of interrupts is still done before any of them.
      if (instruction === enableInterrupts) continue;
      if (instruction === sleepInstruction) life.asleep = ((cpu.data[registers.statusControl] ?? 0) & 1) === 1;
      else cpu.tick();
    }
  }

  return {
    nowMs: () => (before + life.cpu.cycles) / perMs,
    run: (ms) => {
      const end = before + life.cpu.cycles + ms * perMs;
      while (before + life.cpu.cycles < end) {
        turn(end - before);
        if (life.wanted.restart) restart(resetFlags.watchdog);
      }
    },
    send: (bytes) => {
      coming.push(...bytes);
      if (life.feeding) return;
      life.feeding = true;
      life.cpu.addClockEvent(feed, cyclesPerByte);
    },
    heard: () => Uint8Array.from(said.splice(0)),
    eeprom,
    peek: (address) => life.cpu.data[address] ?? 0,
    hang: (interrupts) => {
      if (!interrupts) life.cpu.data[registers.sreg] = (life.cpu.data[registers.sreg] ?? 0) & 0x7f;
      flash[life.cpu.pc] = jumpToItself;
      life.asleep = false;
    },
    restart,
    restarts: () => restarts,
    overruns: () => overruns,
  };
}

/** A byte that was received stays when other bits of UCSR0B are written; the USART of avr8js would lose it. */
function keepReceived(cpu: CPU, usart: AVRUSART): void {
  const {UCSRA, UCSRB} = usart0Config;
  const write = cpu.writeHooks[UCSRB];
  cpu.writeHooks[UCSRB] = (value, before, address, mask) => {
    const waits = ((cpu.data[UCSRA] ?? 0) & received) !== 0;
    const done = write?.(value, before, address, mask);
    if (waits) cpu.setInterruptFlag(usart['RXC']);
    return done;
  };
}
