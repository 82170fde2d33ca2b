/** Numbers from 0 up to a limit, the same for the same seed (a linear congruence of 32 bits; constants of Numerical Recipes). */
export function newDice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}
