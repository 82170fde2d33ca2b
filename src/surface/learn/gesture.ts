import {concludePress, concludeTravel, concludeTurn} from './conclusion.ts';
import {type Conclusion, type Finding, isEndless, isMessage, isReport} from './finding.ts';
import {midiPlaces, reportPlaces} from './known-places.ts';
import type {Learner} from './learner-state.ts';
import {concludeReportSpring, concludeReportTravel, concludeReportTurn} from './report-conclusion.ts';
import {concludeReportPress} from './report-press.ts';
import type {Sense} from './report-streams.ts';
import {controlOf} from './task.ts';

/** The first of a row and keys that stand alone are pressed so often. */
const timesAlone = 3;

/** What the gesture that has ended was, of the control that is asked for. */
export function concluded(learner: Learner, sense: Sense): Conclusion {
  return learner.device.kind === 'hid' ? ofReports(learner, sense) : ofMessages(learner);
}

function ofMessages(learner: Learner): Conclusion {
  const {task, found, selected} = learner;
  const known = midiPlaces(found);
  const [heard, right] = [learner.heard.filter(isMessage), (learner.right ?? []).filter(isMessage)];
  switch (task.group) {
    case 'fader':
    case 'master':
      return concludeTravel(heard, known, selected);
    case 'knob':
      return concludeTurn(right, heard, known, selected);
    case 'wheel': {
      const turned = concludeTurn(right, heard, known, selected);
      return turned.state === 'unclear' || isEndless(turned.finding) ? turned : hasEnds;
    }
    default:
      return concludePress(heard, known, timesOf(learner), likeIn(learner));
  }
}

const hasEnds: Conclusion = {
  state: 'unclear',
  advice: 'That has ends. Turn a wheel ten clicks to the right, then back.',
};

function ofReports(learner: Learner, sense: Sense): Conclusion {
  const {task, found} = learner;
  const known = reportPlaces(found);
  const [heard, right] = [learner.heard.filter(isReport), (learner.right ?? []).filter(isReport)];
  switch (task.group) {
    case 'fader':
    case 'master':
      return concludeReportTravel(heard, known, sense);
    case 'knob':
      return concludeReportTurn(right, heard, known, sense, false);
    case 'wheel':
      return controlOf(task) === 'shuttle-ring'
        ? concludeReportSpring(right, heard, known, sense)
        : concludeReportTurn(right, heard, known, sense, true);
    default:
      return concludeReportPress(heard, known, sense, timesOf(learner));
  }
}

/** How often the key that is asked for shall be pressed: the first of a row shows how it tells its release. */
function timesOf({task, role}: Learner): number {
  const isFirst = task.group === 'button' ? role === undefined : task.group === 'push' ? task.index === 0 : true;
  return isFirst ? timesAlone : 1;
}

/** The key before it in its row. */
function likeIn({task, role, found}: Learner): Finding | undefined {
  const stem = task.group === 'push' ? 'push' : role?.name;
  return stem === undefined ? undefined : [...found].findLast(([name]) => name.startsWith(`${stem}.`))?.[1];
}
