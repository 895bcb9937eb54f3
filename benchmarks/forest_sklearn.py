"""The forest of scikit-learn on the rows that forest_bench wrote: the same trees, leaves, rows and features.

Usage: forest_sklearn.py FOLDER TREES LEAF_ROWS
Prints a line like those of forest_bench. The forecast of a cell is what Meinshausen (2006) takes: the outcomes of
all rows that share its leaves, each tree's leaf weighing the same.
"""

import sys
import time

import numpy as np
from sklearn.ensemble import RandomForestRegressor

folder, trees, leaf_rows = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
features, rows, cells, size = map(int, open(f"{folder}/shape").read().split())


def read(name, *shape):
    return np.fromfile(f"{folder}/{name}", np.float32).reshape(shape)


train = np.ascontiguousarray(read("train", features, rows).T)
test = np.ascontiguousarray(read("test", features, cells).T)
weights, outcomes, actuals = read("weights", rows), read("outcomes", rows), read("actuals", cells)
# Versions of scikit-learn before 1.4 take no unknown values.
train, test = np.nan_to_num(train, nan=-1), np.nan_to_num(test, nan=-1)

begin = time.time()
forest = RandomForestRegressor(trees, min_samples_leaf=leaf_rows, max_features=0.4, n_jobs=2, random_state=1)
forest.fit(train, np.log1p(outcomes), sample_weight=weights)
fit = time.time() - begin

begin = time.time()
values, rank = np.unique(outcomes, return_inverse=True)
share = np.zeros((cells, len(values)))
leaves_train, leaves_test = forest.apply(train), forest.apply(test)
for tree in range(trees):
    order = np.argsort(leaves_train[:, tree], kind="stable")
    sorted_leaves = leaves_train[order, tree]
    first = np.searchsorted(sorted_leaves, leaves_test[:, tree], "left")
    last = np.searchsorted(sorted_leaves, leaves_test[:, tree], "right")
    sums = np.concatenate([[0], np.cumsum(weights[order], dtype=float)])
    for cell in range(cells):
        some = order[first[cell] : last[cell]]
        part = weights[some] / (sums[last[cell]] - sums[first[cell]])
        share[cell] += np.bincount(rank[some], part, len(values))
below = np.cumsum(share, 1)
levels = (np.arange(size) + 0.5) / size
draws = np.stack([values[np.searchsorted(b, levels * b[-1]).clip(0, len(values) - 1)] for b in below]).astype(float)
say = time.time() - begin


def crps(x, y):
    place = 2 * np.arange(1, size + 1) - size - 1
    return (np.abs(x - y[:, None]).mean(1) - (x * place).sum(1) / size**2).mean()


known = actuals >= 0
draws, actuals = draws[known], actuals[known].astype(float)
square = ((np.log1p(draws).mean(1) - np.log1p(actuals)) ** 2).mean()
print(
    f"{'scikit-learn, 2 threads':24}{fit:8.2f}{say:8.2f}{crps(draws, actuals):10.4f}"
    f"{crps(np.log1p(draws), np.log1p(actuals)):10.5f}{square:10.5f}"
)
