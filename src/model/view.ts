import type {StripId} from './mixer.ts';

/** What faders and encoders of a strip stand for. */
export type Parameter = 'level' | 'pan' | 'trim';

/** A named pair: what the faders carry, what the encoders carry. Flip swaps the two. */
export interface Layer {
  readonly id: string;
  /** Two characters for the assignment display. */
  readonly short: string;
  readonly fader: Parameter;
  readonly encoder: Parameter;
}

/** Which part of the mixer the surfaces show. */
export interface View {
  /** Desk strip shown on the first channel strip of the first unit. */
  readonly bankOffset: number;
  readonly layer: Layer;
  readonly flipped: boolean;
  readonly selected: StripId | undefined;
  /** Whether scribble strips show values instead of names. */
  readonly showValues: boolean;
}

/** What the faders carry now. */
export function faderParameter(view: View): Parameter {
  return view.flipped ? view.layer.encoder : view.layer.fader;
}

/** What the encoders carry now. */
export function encoderParameter(view: View): Parameter {
  return view.flipped ? view.layer.fader : view.layer.encoder;
}
