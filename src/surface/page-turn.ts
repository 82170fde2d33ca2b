import {pageWidth, type View} from '../model/view.ts';

type Turned = Pick<View, 'page' | 'pageOffset' | 'bankSize'>;

/**
 * Where a page stands after turning it by one page to the left (−1) or right (1); a desk of fewer than eight encoders turns by as many as it
 * has. Stretches without any parameter are passed over; at the ends, and to the right when all the rest is in sight, it stays.
 */
export function turnedOffset({page, pageOffset, bankSize}: Turned, by: -1 | 1): number {
  const slots = page?.slots ?? [];
  const step = Math.max(1, Math.min(pageWidth, bankSize));
  const inSight = Math.max(1, bankSize);
  if (by === 1 && slots.slice(pageOffset + inSight).every((slot) => slot === null)) return pageOffset;
  let offset = pageOffset + by * step;
  while (offset >= 0 && offset < slots.length) {
    if (slots.slice(offset, offset + step).some((slot) => slot !== null)) return offset;
    offset += by * step;
  }
  return pageOffset;
}

/** Whether there is more in that direction. */
export function canTurnPage(view: Turned, by: -1 | 1): boolean {
  return turnedOffset(view, by) !== view.pageOffset;
}
