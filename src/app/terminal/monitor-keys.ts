import {type Monitor, speakers} from '../../model/monitor.ts';
import type {Intent} from '../../surface/intent.ts';

/** What a key of the monitor section asks for. */
export function monitorIntent(monitor: Monitor, key: string): readonly Intent[] {
  switch (key) {
    case 'z':
      return [{type: 'monitor.setDim', dim: !monitor.dim}];
    case 'n':
      return [{type: 'monitor.setMono', mono: !monitor.mono}];
    case 'x':
      return [{type: 'monitor.setSwap', swap: !monitor.swap}];
    case 'y':
      return [{type: 'monitor.setPolarity', polarity: monitor.polarity === 'none' ? 'left' : 'none'}];
    case 'b':
      return [
        {
          type: 'monitor.setSpeaker',
          speaker: speakers[(speakers.indexOf(monitor.speaker) + 1) % speakers.length] ?? 'none',
        },
      ];
    default:
      return [];
  }
}

/** What the monitor does to the mix now, in words; empty when nothing. */
export function monitorText({dim, mono, swap, polarity, speaker}: Monitor): string {
  const words = [
    dim && 'dim',
    mono && 'mono',
    swap && 'swapped',
    polarity === 'left' && 'L inverted',
    speaker !== 'none' && speaker,
  ];
  return words.filter((word) => typeof word === 'string').join(' ');
}
