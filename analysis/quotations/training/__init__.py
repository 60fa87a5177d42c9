"""Makes the weights of the span tagger; nothing here is needed to use them.

Needs the extra ``[train]`` and PolNeAR 1.0 (see ``analysis/quotations/model/README.md``)::

    python -m analysis.quotations.training fit POLNEAR --out RUN --seed 1
    python -m analysis.quotations.training average RUN1 RUN2 --out SOUP
    python -m analysis.quotations.training export SOUP --out analysis/quotations/model
    python -m analysis.quotations.training score POLNEAR/dev

A fit writes a checkpoint after every epoch and goes on from the last one when started again.
"""
