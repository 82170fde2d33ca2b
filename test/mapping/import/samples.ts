/** Files of other programs, made up for the tests. */

/** Bindings of a device with the name Acme Four; the first one stands in line 2. */
export function bindings(...lines: readonly string[]): string {
  return ['<ArdourMIDIBindings version="1.1.0" name="Acme Four">', ...lines, '</ArdourMIDIBindings>'].join('\n');
}

/** A Mackie Control device; the first field stands in line 3. */
export function device(...lines: readonly string[]): string {
  return ['<MackieProtocolDevice>', '<Name value="Acme Control"/>', ...lines, '</MackieProtocolDevice>'].join('\n');
}

/** A profile of keys; the first key stands in line 4. */
export function profile(...lines: readonly string[]): string {
  const head = ['<MackieDeviceProfile>', '<Name value="My keys"/>', '<Buttons>'];
  return [...head, ...lines, '</Buttons>', '</MackieDeviceProfile>'].join('\n');
}

type Control = readonly [group: string, key: string, status: string, midino: string, option: string];
type Output = readonly [group: string, key: string, status: string, midino: string, on: string, off: string];

/** A preset of a deck mixer. */
export function deck(controls: readonly Control[], outputs: readonly Output[]): string {
  const place = (group: string, key: string, status: string, midino: string): string =>
    `<group>${group}</group><key>${key}</key><status>${status}</status><midino>${midino}</midino>`;
  return `<?xml version="1.0" encoding="utf-8"?>
<MixxxControllerPreset mixxxVersion="2.1" schemaVersion="1">
  <info><name>Acme Decks</name></info>
  <controller id="ACME">
    <controls>
      ${controls.map(([group, key, status, midino, option]) => `<control>${place(group, key, status, midino)}<options><${option}/></options></control>`).join('\n      ')}
    </controls>
    <outputs>
      ${outputs.map(([group, key, status, midino, on, off]) => `<output>${place(group, key, status, midino)}<on>${on}</on><off>${off}</off></output>`).join('\n      ')}
    </outputs>
  </controller>
</MixxxControllerPreset>
`;
}
