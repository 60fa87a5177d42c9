"""A chain of tags, decoded for many windows at once in plain NumPy.

Arrays are (windows, words, tags); a window shorter than the longest one is padded at its end.
"""

import numpy as np

LABELS = ("source", "cue", "content")
TAGS = ("O", *(f"{edge}-{label}" for label in LABELS for edge in "BI"))
NEVER = -1e4


def legal(follow: np.ndarray) -> np.ndarray:
    """Rule out I- after another label in the learned scores of tag after tag."""
    allowed = follow.astype(np.float32).copy()
    for inside in range(2, len(TAGS), 2):
        for before in range(len(TAGS)):
            if before not in (inside, inside - 1):
                allowed[before, inside] = NEVER
    return allowed


def best_tags(scores: np.ndarray, length: np.ndarray, follow: np.ndarray) -> np.ndarray:
    """Find the best tags of every window (Viterbi); padding gets tag 0."""
    windows, width, _ = scores.shape
    back = np.zeros(scores.shape, np.int8)
    alpha = scores[:, 0].copy()
    alpha[:, 2::2] = NEVER  # nothing starts inside
    for t in range(1, width):
        paths = alpha[:, :, None] + follow
        back[:, t] = paths.argmax(1)
        live = (t < length)[:, None]
        alpha = np.where(live, paths.max(1) + scores[:, t], alpha)
    tags = np.zeros((windows, width), np.int8)
    rows, tag = np.arange(windows), alpha.argmax(1)
    for t in range(width - 1, -1, -1):
        live = t < length
        tags[live, t] = tag[live]
        tag = np.where(live, back[rows, t, tag], tag)
    return tags


def forward_backward(
    scores: np.ndarray, length: np.ndarray, follow: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Weigh every tag by all that may stand before it, itself included, and by all behind it.

    Each word's weights are scaled on their own: compare tags at one word, not words.
    """
    width = scores.shape[1]
    move = np.exp(follow)
    own = np.exp(scores - scores.max(2, keepdims=True))
    ahead, behind = own.copy(), np.ones_like(own)
    ahead[:, 0, 2::2] = 0.0
    ahead[:, 0] /= ahead[:, 0].sum(1, keepdims=True)
    for t in range(1, width):
        step = (ahead[:, t - 1] @ move) * own[:, t]
        ahead[:, t] = step / (step.sum(1, keepdims=True) + 1e-30)
    for t in range(width - 2, -1, -1):
        step = (behind[:, t + 1] * own[:, t + 1]) @ move.T
        step /= step.sum(1, keepdims=True) + 1e-30
        behind[:, t] = np.where((t + 1 < length)[:, None], step, 1.0)
    return ahead, behind


def posteriors(ahead: np.ndarray, behind: np.ndarray) -> np.ndarray:
    """Give every tag's probability at every word, given the whole window."""
    both = ahead * behind
    return both / (both.sum(2, keepdims=True) + 1e-30)


def runs(tags: np.ndarray) -> list[tuple[int, int, int]]:
    """List (label number, first word, last word + 1) of every span in one sequence of tags."""
    found = []
    open_tag, start = 0, 0
    for at, tag in enumerate([*tags.tolist(), 0]):
        if open_tag and not (tag and tag % 2 == 0 and tag == open_tag):
            found.append(((open_tag - 2) // 2, start, at))
            open_tag = 0
        if tag and not open_tag:
            open_tag, start = tag + tag % 2, at
    return found
