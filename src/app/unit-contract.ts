import type {AutomationStatus} from '../model/automation-status.ts';
import type {Layout} from '../model/layout.ts';
import type {Mixer, StripId} from '../model/mixer.ts';
import type {Reading} from '../model/reading.ts';
import type {Surface} from '../model/surface.ts';
import type {View} from '../model/view.ts';
import type {Dialect, Heard} from '../surface/dialect.ts';
import type {Intent} from '../surface/intent.ts';
import type {RenderInput} from '../surface/render.ts';
import type {UnitContext} from '../surface/target.ts';
import type {Hands} from './automation-hands.ts';
import type {Hand} from './automation-touches.ts';
import type {Clock} from './clock.ts';
import type {Outbox} from './outbox.ts';

/** What a unit knows of the desk and asks of it. */
export interface UnitHost {
  readonly clock: Clock;
  readonly mixer: Mixer;
  readonly view: View;
  readonly shift: boolean;
  /** Ticks of the one lamp clock. */
  readonly lampTick: number;
  /** What automation does now. */
  readonly automation: AutomationStatus;
  /** Whether advice is spelled on the scribble strips. */
  readonly reading: boolean;
  /** `hand` asks for it. */
  perform(intent: Intent, hand: Hand): void;
  /** Told of hands on parameters. */
  readonly hands: Pick<Hands, 'touched' | 'leave' | 'lost'>;
  /** A hand moved what this strip is set to. */
  handMoved(strip: StripId): void;
  /** This unit's picture should be drawn anew soon. */
  repaintSoon(): void;
}

/** What all units are shown; each takes its part. */
export type Scene = Omit<RenderInput, keyof UnitContext | 'pickups' | 'touched' | 'modeChanges'>;

/** One open surface: its controls with their statecharts, and the picture it is believed to show. */
export interface Unit {
  readonly surface: Surface;
  /** Takes what the device said; what concerns the connection comes back. */
  received(bytes: Uint8Array): readonly Extract<Heard, {type: `link.${string}`}>[];
  /** Sends what differs from what is shown. */
  paint(scene: Scene): void;
  paintMeters(readings: (strip: StripId) => Reading | undefined, nowMs: number): void;
  /** Tells the faders what lies under them now. */
  follow(): void;
  /** The tape moved what lies under the faders: motors are sent along, without a whole picture. */
  ride(): void;
  /** Channel strips of the units before this one. */
  setFirstStrip(firstStrip: number): void;
  /** Forgets what is shown: everything is sent anew. */
  forgetShown(): void;
  /** The device lost its power behind its port: what was held is held no more. */
  restarted(): void;
  /** Ends all touches and statecharts; nothing is sent. */
  end(): void;
}

export interface UnitOptions {
  /** Names the unit for as long as the desk runs. */
  readonly key: string;
  readonly surface: Surface;
  readonly layout: Layout;
  readonly dialect: Dialect;
  readonly outbox: Outbox;
  readonly host: UnitHost;
}
