import type {MixerCommand} from './command.ts';

/** What a command sets, without its value: commands of the same setting replace each other. */
export function settingOf(command: MixerCommand): string {
  const strip = 'strip' in command ? command.strip : '';
  switch (command.type) {
    case 'strip.setParameter':
      return `${command.type} ${strip} ${command.parameter}`;
    case 'strip.setEffectValue':
      return `${command.type} ${strip} ${command.name}`;
    case 'mixer.setMuteGroup':
      return `${command.type} ${command.group}`;
    default:
      return `${command.type} ${strip}`;
  }
}
