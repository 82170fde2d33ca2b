/**
 * Solves (M + damping·diag M)·x = v for a symmetric matrix of positive values, given as its lower half row by row, by A.-L. Cholesky's
 * method (1910): M = L·Lᵀ, then forwards and backwards. A pivot that rounding has made 0 or less counts as the smallest number.
 */
export function solveDamped(matrix: Float64Array, vector: Float64Array, damping: number): Float64Array {
  const size = vector.length;
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = (matrix[row * size + column] ?? 0) * (row === column ? 1 + damping : 1);
      for (let inner = 0; inner < column; inner++) {
        sum -= (lower[row * size + inner] ?? 0) * (lower[column * size + inner] ?? 0);
      }
      lower[row * size + column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-30)) : sum / (lower[column * (size + 1)] ?? 1);
    }
  }
  const solution = Float64Array.from(vector);
  for (let row = 0; row < size; row++) {
    let sum = solution[row] ?? 0;
    for (let inner = 0; inner < row; inner++) sum -= (lower[row * size + inner] ?? 0) * (solution[inner] ?? 0);
    solution[row] = sum / (lower[row * (size + 1)] ?? 1);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = solution[row] ?? 0;
    for (let inner = row + 1; inner < size; inner++) sum -= (lower[inner * size + row] ?? 0) * (solution[inner] ?? 0);
    solution[row] = sum / (lower[row * (size + 1)] ?? 1);
  }
  return solution;
}
