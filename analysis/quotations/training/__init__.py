"""Makes the weights of the span tagger; nothing here is needed to use them.

Needs the extra ``[train]`` and PolNeAR 1.0 (see ``analysis/quotations/model/README.md``)::

    python -m analysis.quotations.training fit POLNEAR --out RUN --set seed=2 dropout=0.17
    python -m analysis.quotations.training export RUN/mean-5.safetensors POLNEAR --out MODEL
    python -m analysis.quotations.training score POLNEAR/dev --model MODEL

A fit writes a checkpoint and scores dev after every epoch, and goes on from the last checkpoint
when it is started again; ``--set device=cuda`` runs it on a GPU. ``recipe`` says what can be set.
``data`` reads and cuts, ``lessons`` reads texts without annotation, ``augment`` varies, ``epoch``
makes batches, ``model`` is the network, ``teachers`` teach it, ``train`` fits, ``grow`` adds
layers, ``evaluate`` scores, ``ranges`` and ``export`` make the int8 graph.
"""
