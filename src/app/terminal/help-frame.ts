import {automationBindings} from './automation-keys.ts';
import type {Size} from './desk-frame.ts';
import {keyBindings} from './key-map.ts';
import {snapshotBindings} from './snapshot-keys.ts';
import {line, padded, type Style, span} from './style.ts';

const arrows: Readonly<Record<string, string>> = {
  left: '←',
  right: '→',
  up: '↑',
  down: '↓',
  'shift-up': '⇧↑',
  'shift-down': '⇧↓',
  'shift-left': '⇧←',
  'shift-right': '⇧→',
  backspace: 'bksp',
};

/** The same where block characters are not to be had. */
const words: Readonly<Record<string, string>> = {
  'shift-up': 'S-up',
  'shift-down': 'S-dn',
  'shift-left': 'S-left',
  'shift-right': 'S-rt',
  backspace: 'bksp',
};

/** Cells of the keys before the text. */
const deskKeyCells = 10;
const automationKeyCells = 14;

/** Pages of the help: the desk, and automation with snapshots. */
export const helpPages = 2;

/** Keys with what they do, in as many columns as fit. */
export function drawHelp(size: Size, style: Style, page = 1): readonly string[] {
  const rows = [
    ...(page === 1 ? keyBindings : [...automationBindings, ...snapshotBindings]).map(
      ({keys, shown, about}) => [shown ?? keys.map((key) => shownKey(key, style)).join(' '), about] as const,
    ),
    ['?', page === helpPages ? 'back to the desk' : 'keys of automation, snapshots'] as const,
    ['q', 'quit'] as const,
  ];
  const perColumn = Math.max(1, size.rows - 3);
  const columns = Math.ceil(rows.length / perColumn);
  const keyCells = page === 1 ? deskKeyCells : automationKeyCells;
  const width = Math.floor(size.columns / columns);
  const lines = [
    line([span(page === 1 ? ' Keys' : ' Keys of automation and snapshots', 'title')], size.columns, style),
    '',
  ];
  for (let row = 0; row < Math.min(perColumn, rows.length); row++) {
    const spans = Array.from({length: columns}, (_, column) => {
      const [keys, about] = rows[column * perColumn + row] ?? ['', ''];
      return [span(` ${padded(keys, keyCells)} `, 'bold'), span(padded(about, width - keyCells - 2), 'plain')];
    });
    lines.push(line(spans.flat(), size.columns, style));
  }
  return lines;
}

function shownKey(key: string, style: Style): string {
  return (style.unicode ? arrows[key] : words[key]) ?? key;
}
