import {stat} from 'node:fs/promises';
import {resolve} from 'node:path';
import {bounce} from '../../engine/bounce.ts';
import {formatDb} from '../../model/decibel.ts';
import {formatClock} from '../../model/playback.ts';
import {DeskError} from '../../model/problem.ts';
import {exitCode} from '../exit-code.ts';
import {cacheFolder} from '../folders.ts';
import {openSession, problemLine} from '../open-session.ts';
import {openStems} from '../open-stems.ts';
import {createProgress} from '../progress.ts';

export interface BounceCommandOptions {
  readonly output: string;
  readonly format: 'pcm24' | 'float32';
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** Renders a session to a file; Ctrl-C leaves nothing half-written. */
export async function bounceSession(path: string, options: BounceCommandOptions): Promise<number> {
  const target = resolve(options.output);
  if (!options.replace && (await stat(target).catch(() => undefined)) !== undefined) {
    throw new DeskError('file.unwritable', `${target} is there already. Give another name, or --replace.`);
  }
  const session = await openSession(path);
  const opened = await openStems(session, cacheFolder(process.env));
  const progress = createProgress('Bouncing', process.stderr);
  const cancel = new AbortController();
  const interrupt = (): void => cancel.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const startedMs = performance.now();
  try {
    if (opened.lengthFrames === 0)
      throw new DeskError(
        'session.invalid',
        `${path}: no stem of this session can be read, so there is nothing to bounce.`,
      );
    const {mixer, sampleRate} = session;
    const {stems, lengthFrames} = opened;
    const {format} = options;
    const result = await bounce({
      mixer,
      stems,
      sampleRate,
      lengthFrames,
      target,
      format,
      onProgress: progress.show,
      signal: cancel.signal,
    });
    progress.end();
    const seconds = (performance.now() - startedMs) / 1000;
    const timesRealTime = Math.round((lengthFrames / sampleRate / seconds) * 10) / 10;
    const problems = [...session.problems, ...opened.problems()];
    for (const problem of problems) process.stderr.write(`${problemLine(problem)}\n`);
    if (options.json) {
      const peakDb = Number.isFinite(result.peakDb) ? result.peakDb : null;
      const answer = {
        schemaVersion: 1,
        file: target,
        format,
        sampleRate,
        frames: result.frames,
        peakDb,
        overs: result.overs,
        seconds,
        timesRealTime,
        problems,
      };
      process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    } else {
      const overs =
        result.overs > 0
          ? `; ${result.overs} samples over full scale were held by the ceiling: turn the master down`
          : '';
      process.stdout.write(
        `${target}: ${formatClock(result.frames, sampleRate)}, peak ${formatDb(result.peakDb, '-inf')} dBFS${overs} (${timesRealTime}x real time)\n`,
      );
    }
    return exitCode.ok;
  } catch (error) {
    if (!cancel.signal.aborted) throw error;
    process.stderr.write('Cancelled; nothing was written.\n');
    return exitCode.interrupted;
  } finally {
    progress.end();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await opened.close();
  }
}
