// The heat table: sparse cells of the server as a full grid, what a cell says, and which statements it stands for.
import type { ActivityQuery, Dimension, Matrix, MatrixCell } from '$/api/activity';
import { classBounds, classOf, rampStep } from './classes';
import { queryOf, type Filters } from './filters';

export interface GridCell {
  statements: number;
  leads: number;
  confirmed: number;
  contradiction: boolean;
  step: number; // of the ramp of colour, 0 (nothing) to 5
}

export interface Grid {
  cells: GridCell[][]; // [row][column]
  bounds: number[]; // of the classes
  classes: number;
}

const nothing: GridCell = { statements: 0, leads: 0, confirmed: 0, contradiction: false, step: 0 };

export function gridOf(matrix: Matrix): Grid {
  const bounds = classBounds(matrix.cells.map((cell) => cell.statements));
  const cells = matrix.rows.map(() => matrix.columns.map(() => nothing));
  for (const cell of matrix.cells) {
    const row = cells[cell.row];
    if (row && cell.column in row) row[cell.column] = gridCell(cell, bounds);
  }
  return { cells, bounds, classes: bounds.length };
}

function gridCell(cell: MatrixCell, bounds: readonly number[]): GridCell {
  return {
    statements: cell.statements,
    leads: cell.leads,
    confirmed: cell.confirmed,
    contradiction: cell.contradiction,
    step: rampStep(classOf(cell.statements, bounds), bounds.length)
  };
}

export const dimensions: readonly Dimension[] = ['organization', 'theme', 'place', 'year'];

export function dimensionOf(value: string | null, fallback: Dimension): Dimension {
  return (dimensions as readonly string[]).includes(value ?? '') ? (value as Dimension) : fallback;
}

// The statements behind a row, a column or a cell: the filters of the view and what the line stands for. Organizations
// are asked for together, so that a cell of two organizations is what both take part in.
export function statementsBehind(
  filters: Filters,
  lines: readonly { dimension: Dimension; id: string }[]
): ActivityQuery {
  const query = queryOf(filters);
  const organizations: string[] = [];
  for (const { dimension, id } of lines) {
    if (dimension === 'organization') organizations.push(id);
    else if (dimension === 'year') {
      query.from = id;
      query.to = id;
    } else query[dimension] = id;
  }
  // A line of an organization is narrower than a filter that names several.
  if (organizations.length > 0) query.org = [...new Set(organizations)];
  if (organizations.length > 1) query.all = true;
  return query;
}
