import {type Action, actionNames, muteGroupCount, numberedMarkers} from '../model/layout.ts';
import {stripViews} from '../model/view.ts';
import {actionWords} from './action-words.ts';
import {needed} from './check-layout.ts';
import {groupOf, groups, table} from './handbook-table.ts';

/** A page with the table of actions between the marks replaced by the table as it is now. */
export function withActionTable(page: string): string {
  const [from, to] = [page.indexOf(openMark), page.indexOf(closeMark)];
  if (from < 0 || to < from) return page;
  return `${page.slice(0, from)}${openMark}\n\n${actionTable().join('\n')}\n${page.slice(to)}`;
}

const openMark = '<!-- The table of actions; made by "npm run generate". -->';
const closeMark = '<!-- End of the table of actions. -->';

interface Row {
  readonly action: Action;
  readonly written: string;
  readonly does: string;
}

/** Every action that a layout can name, by what it is for. Markdown lines. */
function actionTable(): readonly string[] {
  const plain = actionNames.map((action) => ({action, written: `\`${action}\``, does: actionWords[action] ?? ''}));
  const rows = [...plain, ...named];
  const sorted = groups.flatMap((_, group) => rows.filter(({action}) => groupOf(action) === group));
  return table(
    ['action', 'does', 'bound to'],
    sorted.map(({action, written, does}) => [written, does, sayNeeds(action)]),
  );
}

/** Actions with a name behind a colon, an example of each. */
const named: readonly Row[] = [
  {action: 'layer:level', written: '`layer:ID`', does: 'changes to a layer'},
  {action: 'page:eq', written: '`page:ID`', does: 'opens a page of the selected strip, or closes it'},
  {
    action: 'show:all',
    written: stripViews.map((view) => `\`show:${view}\``).join(', '),
    does: 'shows these strips, or all again',
  },
  {
    action: 'value:level',
    written: '`value:PARAMETER`',
    does: 'a parameter of the strip, in every layer (`value:send1.levelDb`)',
  },
  {action: 'marker:1', written: `\`marker:1\` … \`marker:${numberedMarkers}\``, does: 'to that marker'},
  {
    action: 'muteGroup:1',
    written: `\`muteGroup:1\` … \`muteGroup:${muteGroupCount}\``,
    does: 'switches a mute group',
  },
];

function sayNeeds(action: Action): string {
  const {kinds, strip} = needed(action);
  const words = kinds.map((kind) => (kind === 'jog' ? 'jog wheel' : kind));
  return `${words.join(', ')}${strip ? ' of a strip' : ''}`;
}
