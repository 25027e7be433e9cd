/** How many slips of the finger lie between two short words (optimal string alignment). */

export function wordDistance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 3) return 4;
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= one.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let best = Math.min(
        cell(row - 1, column) + 1,
        cell(row, column - 1) + 1,
        cell(row - 1, column - 1) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) best = Math.min(best, cell(row - 2, column - 2) + 1);
      rows[row]?.push(best);
    }
  }
  return cell(one.length, other.length);
}
