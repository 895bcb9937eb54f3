// Where the nodes of a network stand: springs along its edges, repulsion between all, cooling. No randomness and no
// clock: the same network is always drawn the same way, so that a person finds it again and a picture can be compared.
//   source  Fruchterman & Reingold (1991), Software: Practice and Experience 21(11)
//   Ours: bodies are bound to their parent, nodes keep the distance that their labels need, the box may be oblong.

export interface ForceNode {
  id: string;
  parent: string; // '' or the id of a node that may be missing
  radius: number;
  labelWidth: number; // of the words under the node
}

export interface ForceEdge {
  a: string;
  b: string;
  weight: number;
}

export interface Placed {
  id: string;
  x: number;
  y: number;
}

const rounds = 420;
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

//   box      what the nodes and their labels must fit into
//   returns  in the order of `nodes`; the time grows with the square of their number (60 nodes: about 20 ms)
export function placeNodes(
  nodes: readonly ForceNode[],
  edges: readonly ForceEdge[],
  box: { width: number; height: number }
): Placed[] {
  const count = nodes.length;
  if (count === 0) return [];
  const index = new Map(nodes.map((node, at) => [node.id, at]));
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const oblong = box.width / box.height;
  const ideal = 1.05 * Math.sqrt((box.width * box.height) / count);

  // A sunflower: the weightiest in the middle, a body beside its parent.
  nodes.forEach((node, at) => {
    const parent = index.get(node.parent);
    const distance = ideal * 0.75 * Math.sqrt(at + 0.3);
    if (parent !== undefined && parent < at) {
      x[at] = (x[parent] ?? 0) + ideal * 0.5 * Math.cos(at * goldenAngle);
      y[at] = (y[parent] ?? 0) + ideal * 0.5 * Math.sin(at * goldenAngle);
    } else {
      x[at] = distance * Math.cos(at * goldenAngle) * Math.sqrt(oblong);
      y[at] = (distance * Math.sin(at * goldenAngle)) / Math.sqrt(oblong);
    }
  });

  const heaviest = Math.max(1, ...edges.map((edge) => edge.weight));
  const springs = edges.flatMap((edge) => {
    const a = index.get(edge.a);
    const b = index.get(edge.b);
    return a === undefined || b === undefined || a === b
      ? []
      : [{ a, b, pull: 0.16 + 0.4 * Math.sqrt(edge.weight / heaviest) }];
  });
  nodes.forEach((node, at) => {
    const parent = index.get(node.parent);
    if (parent !== undefined && parent !== at) springs.push({ a: at, b: parent, pull: 1.1 });
  });

  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  for (let round = 0; round < rounds; ++round) {
    const heat = ideal * 0.35 * (1 - round / rounds) ** 1.5 + 0.3;
    dx.fill(0);
    dy.fill(0);
    for (let i = 0; i < count; ++i) {
      for (let j = i + 1; j < count; ++j) {
        let ax = (x[i] ?? 0) - (x[j] ?? 0);
        let ay = (y[i] ?? 0) - (y[j] ?? 0);
        if (ax === 0 && ay === 0) {
          ax = 0.01 * (i + 1);
          ay = 0.01 * (j + 1);
        }
        const square = ax * ax + ay * ay;
        const distance = Math.sqrt(square);
        const push = (ideal * ideal) / square;
        dx[i] = (dx[i] ?? 0) + ax * push;
        dy[i] = (dy[i] ?? 0) + ay * push;
        dx[j] = (dx[j] ?? 0) - ax * push;
        dy[j] = (dy[j] ?? 0) - ay * push;
        const a = nodes[i];
        const b = nodes[j];
        if (!a || !b || round < rounds / 3) continue;
        // Boxes of circles and words that cover each other are moved apart along the shorter way.
        const wide = Math.max(a.radius, a.labelWidth / 2) + Math.max(b.radius, b.labelWidth / 2) + 6;
        const high = a.radius + b.radius + 22;
        const overX = wide - Math.abs(ax);
        const overY = high - Math.abs(ay);
        if (overX > 0 && overY > 0 && distance > 0) {
          if (overY < overX) {
            const by = Math.sign(ay || 1) * overY * 2.2;
            dy[i] = (dy[i] ?? 0) + by;
            dy[j] = (dy[j] ?? 0) - by;
          } else {
            const by = Math.sign(ax || 1) * overX * 2.2;
            dx[i] = (dx[i] ?? 0) + by;
            dx[j] = (dx[j] ?? 0) - by;
          }
        }
      }
    }
    for (const spring of springs) {
      const ax = (x[spring.a] ?? 0) - (x[spring.b] ?? 0);
      const ay = (y[spring.a] ?? 0) - (y[spring.b] ?? 0);
      const distance = Math.sqrt(ax * ax + ay * ay) || 0.01;
      const pull = (distance / ideal) * spring.pull;
      dx[spring.a] = (dx[spring.a] ?? 0) - ax * pull;
      dy[spring.a] = (dy[spring.a] ?? 0) - ay * pull;
      dx[spring.b] = (dx[spring.b] ?? 0) + ax * pull;
      dy[spring.b] = (dy[spring.b] ?? 0) + ay * pull;
    }
    for (let at = 0; at < count; ++at) {
      // Towards the middle, less along the longer side of the box.
      const vx = (dx[at] ?? 0) - ((x[at] ?? 0) * 0.34) / oblong;
      const vy = (dy[at] ?? 0) - (y[at] ?? 0) * 0.34 * oblong;
      const length = Math.sqrt(vx * vx + vy * vy) || 1;
      const step = Math.min(length, heat);
      x[at] = (x[at] ?? 0) + (vx / length) * step;
      y[at] = (y[at] ?? 0) + (vy / length) * step;
    }
  }
  return fit(nodes, x, y, box);
}

// Moves and stretches what was placed into the box; circles and words keep their sizes.
function fit(
  nodes: readonly ForceNode[],
  x: Float64Array,
  y: Float64Array,
  box: { width: number; height: number }
): Placed[] {
  const half = (node: ForceNode) => Math.max(node.radius, node.labelWidth / 2) + 4;
  const along = (
    values: Float64Array,
    size: number,
    before: (node: ForceNode) => number,
    after: (node: ForceNode) => number
  ) => {
    const low = Math.min(...values);
    const high = Math.max(...values);
    // The margins of those that stand at the edge decide; a few rounds settle which they are.
    let start = 0;
    let scale = high > low ? size / (high - low) : 0;
    for (let round = 0; round < 12; ++round) {
      const at = (value: number) => start + (value - low) * scale;
      let under = Infinity;
      let over = -Infinity;
      nodes.forEach((node, k) => {
        under = Math.min(under, at(values[k] ?? 0) - before(node));
        over = Math.max(over, at(values[k] ?? 0) + after(node));
      });
      const extent = over - under;
      if (high > low) scale *= Math.max(0.2, 1 + ((size - extent) / Math.max(size, extent)) * 0.9);
      start -= under;
    }
    return high > low ? (value: number) => start + (value - low) * scale : () => size / 2;
  };
  const toX = along(x, box.width, half, half);
  const toY = along(
    y,
    box.height,
    (node) => node.radius + 4,
    (node) => node.radius + 20
  );
  const placed = nodes.map((node, at) => ({ id: node.id, x: toX(x[at] ?? 0), y: toY(y[at] ?? 0) }));
  separate(nodes, placed, box);
  const round = (value: number) => Math.round(value * 10) / 10;
  return placed.map((place) => ({ id: place.id, x: round(place.x), y: round(place.y) }));
}

// What a circle and the words under it take up, from the middle of the circle.
function extent(node: ForceNode) {
  return { half: Math.max(node.radius, node.labelWidth / 2) + 3, above: node.radius + 3, below: node.radius + 18 };
}

// Stretching to the box may have pushed circles over words: they are moved apart, little by little, inside the box.
function separate(nodes: readonly ForceNode[], placed: Placed[], box: { width: number; height: number }): void {
  for (let round = 0; round < 160; ++round) {
    let moved = false;
    for (let i = 0; i < nodes.length; ++i) {
      for (let j = i + 1; j < nodes.length; ++j) {
        const [a, b, p, q] = [nodes[i], nodes[j], placed[i], placed[j]];
        if (!a || !b || !p || !q) continue;
        const [ea, eb] = [extent(a), extent(b)];
        const overX = ea.half + eb.half - Math.abs(p.x - q.x);
        const overY = p.y <= q.y ? p.y + ea.below - (q.y - eb.above) : q.y + eb.below - (p.y - ea.above);
        if (overX <= 0 || overY <= 0) continue;
        moved = true;
        if (overY < overX) {
          const by = (overY / 2 + 0.5) * 0.6 * (p.y <= q.y ? 1 : -1);
          p.y -= by;
          q.y += by;
        } else {
          const by = (overX / 2 + 0.5) * 0.6 * (p.x <= q.x ? 1 : -1);
          p.x -= by;
          q.x += by;
        }
      }
    }
    nodes.forEach((node, at) => {
      const place = placed[at];
      if (!place) return;
      const { half, above, below } = extent(node);
      place.x = Math.min(Math.max(place.x, half), Math.max(half, box.width - half));
      place.y = Math.min(Math.max(place.y, above), Math.max(above, box.height - below));
    });
    if (!moved) return;
  }
}
