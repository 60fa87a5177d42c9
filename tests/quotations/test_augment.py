"""Variations of an article: the same seed gives the same text, in every process."""

import os
import subprocess
import sys

CODE = """
import numpy as np
from analysis.quotations.training.augment import rename
from analysis.quotations.training.data import Article
from analysis.quotations.training.inventions import category
names = [name for name in category() if name.isalpha()][:40]
print(rename(Article("", " ".join(names), ()), np.random.default_rng(1)).text)
"""


def test_the_same_seed_gives_the_same_names_whatever_the_order_of_sets():
    said = [
        subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]
    assert len(said[0].split()) >= 40
    assert said[0] == said[1]
