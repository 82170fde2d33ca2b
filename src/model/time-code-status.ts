/** What time code does on a running desk. */
export interface TimeCodeStatus {
  /** Undefined: none is followed. */
  readonly followed:
    | {
        readonly port: string;
        readonly state: 'no port' | 'idle' | 'locking' | 'locked' | 'freewheel' | 'lost';
        /** `01:02:03:04`; undefined while nobody knows where it is. */
        readonly code: string | undefined;
        /** The tape against the code, in ms; late is negative. Undefined while it is not locked. */
        readonly offMs: number | undefined;
      }
    | undefined;
  /** Undefined: none is sent. */
  readonly led: {readonly port: string; readonly isSending: boolean; readonly code: string} | undefined;
}
