"""Weights → one ONNX graph of fused int8 operators, built node by node.

Activations are quantised with fixed scales, measured on training articles: the result for a
text then never depends on the texts beside it in a batch, which dynamic scales cannot promise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from analysis.quotations.chain import TAGS
from analysis.quotations.training.model import EDGE

MS = "com.microsoft"
HEADS, EPSILON = 12, 1e-12
GELU_LOW = -0.17
WHOLE = 63  # weights in 7 bits: with 8, processors without VNNI overflow


@dataclass
class Graph:
    """Nodes and constants on their way to a model."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: np.ndarray) -> str:
        """Add a constant; its name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, inputs: list[str], out: str, domain: str = "", **how: object) -> str:
        """Add a node with one output that is used; the name of that output."""
        self.nodes.append(helper.make_node(kind, inputs, [out], name=out, domain=domain, **how))
        return out


def build(weights: Mapping[str, np.ndarray], ranges: Mapping[str, np.ndarray]) -> bytes:
    """Serialise the graph: pieces, quoted, length → tag scores and edge vectors of every piece."""
    graph = Graph()
    x = _embedding(graph, weights)
    depth = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    for i in range(depth):
        x = _layer(graph, weights, ranges, f"layers.{i}", x)
    for kind in ("weight", "bias"):
        both = np.concatenate([weights[f"head.{kind}"], weights[f"edges.{kind}"]])
        graph.constant(f"head.{kind}", both.T)
    graph.add("Add", [graph.add("MatMul", [x, "head.weight"], "head"), "head.bias"], "scores")
    return _model(graph).SerializeToString()


def _model(graph: Graph) -> onnx.ModelProto:
    def given(name: str, *shape: str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.INT32, shape)

    columns = len(TAGS) + 2 * EDGE
    shape = ("windows", "width", columns)
    out = helper.make_tensor_value_info("scores", TensorProto.FLOAT, shape)
    inputs = [
        given("pieces", "windows", "width"),
        given("quoted", "windows", "width"),
        given("length", "windows"),
    ]
    body = helper.make_graph(graph.nodes, "tagger", inputs, [out], graph.constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=8, producer_name="on-record")


def _embedding(graph: Graph, weights: Mapping[str, np.ndarray]) -> str:
    """Words are kept in 8 bits with a scale per word; places and marks as they are."""
    table = weights["word.weight"]
    scale = np.abs(table).max(1, keepdims=True) / 127 + 1e-12
    graph.constant("word.q", np.rint(table / scale).astype(np.int8))
    graph.constant("word.scale", scale.astype(np.float32))
    graph.constant("quoted.w", weights["quoted.weight"])
    graph.constant("place.w", weights["place.weight"])
    graph.constant("zero", np.array([0], np.int64))
    graph.constant("one", np.array([1], np.int64))
    graph.constant("two", np.array([2], np.int64))
    whole = graph.add("Gather", ["word.q", "pieces"], "word.rows")
    scales = graph.add("Gather", ["word.scale", "pieces"], "word.scales")
    floats = graph.add("Cast", [whole], "word.floats", to=TensorProto.FLOAT)
    words = graph.add("Mul", [floats, scales], "words")
    shape = graph.add("Shape", ["pieces"], "shape")
    width = graph.add("Slice", [shape, "one", "two"], "width_")
    places = graph.add("Slice", ["place.w", "zero", width, "zero"], "places")
    marked = graph.add("Add", [graph.add("Gather", ["quoted.w", "quoted"], "marks"), places], "mp")
    return _norm(graph, weights, "norm", [words, marked])


def _norm(graph: Graph, weights: Mapping[str, np.ndarray], name: str, both: list[str]) -> str:
    """Sum and norm; the fused SkipLayerNormalization takes four times as long on one thread."""
    graph.constant(f"{name}.g", weights[f"{name}.weight"])
    graph.constant(f"{name}.b", weights[f"{name}.bias"])
    total = graph.add("Add", both, f"{name}.sum")
    inputs = [total, f"{name}.g", f"{name}.b"]
    return graph.add("LayerNormalization", inputs, f"{name}.out", epsilon=EPSILON, axis=-1)


def _layer(
    graph: Graph,
    weights: Mapping[str, np.ndarray],
    ranges: Mapping[str, np.ndarray],
    at: str,
    x: str,
) -> str:
    seen = _attention(graph, weights, ranges, at, x)
    merged = _linear(graph, weights, ranges, f"{at}.merge", seen)
    x = _norm(graph, weights, f"{at}.norm", [merged, x])
    wide = _linear(graph, weights, ranges, f"{at}.widen", x)
    wide = graph.add("Gelu", [wide], f"{at}.gelu", MS)
    narrow = _narrow(graph, weights, f"{at}.narrow", wide)
    return _norm(graph, weights, f"{at}.norm_out", [narrow, x])


def _attention(
    graph: Graph,
    weights: Mapping[str, np.ndarray],
    ranges: Mapping[str, np.ndarray],
    at: str,
    x: str,
) -> str:
    place = _place(weights, ranges, f"{at}.qkv")
    # what the next layer wants divided out, the values' columns leave out already
    share = np.ones(place.bias.shape, np.float32)
    share[-len(share) // 3 :] = _place(weights, ranges, f"{at}.merge").share
    inputs = _multiplied(graph, f"{at}.qkv", _evened(graph, f"{at}.qkv", x, place), place, share)
    whole, q, scale, q_scale, zero, q_zero, bias = inputs
    inputs = [whole, q, bias, scale, q_scale, "length", zero, q_zero]
    return graph.add("QAttention", inputs, f"{at}.seen", MS, num_heads=HEADS)


def _linear(
    graph: Graph,
    weights: Mapping[str, np.ndarray],
    ranges: Mapping[str, np.ndarray],
    name: str,
    x: str,
) -> str:
    place = _place(weights, ranges, name)
    if not name.endswith("merge"):
        x = _evened(graph, name, x, place)
    inputs = _multiplied(graph, name, x, place, 1.0)
    return graph.add("MatMulIntegerToFloat", inputs, f"{name}.out", MS)


def _narrow(graph: Graph, weights: Mapping[str, np.ndarray], name: str, x: str) -> str:
    """Scale each row behind the GELU by its own peak: a few peak at twenty, most at one.

    No value is below ``GELU_LOW``, so with peaks of at least 1 one scale and zero serve all rows.
    """
    weight = weights[f"{name}.weight"].T
    peak = graph.add("ReduceMax", [x], f"{name}.peak0", axes=[-1], keepdims=1)
    floor = graph.constant(f"{name}.floor", np.array(1, np.float32))
    peak = graph.add("Max", [peak, floor], f"{name}.peak")
    x = graph.add("Div", [x, peak], f"{name}.even")
    place = Place(weight, np.zeros(weight.shape[1]), np.ones(len(weight)), GELU_LOW, 1.0)
    inputs = _multiplied(graph, name, x, place, 1.0)[:-1]
    out = graph.add("MatMulIntegerToFloat", inputs, f"{name}.mm", MS)
    bias = graph.constant(f"{name}.bias", weights[f"{name}.bias"])
    return graph.add("Add", [graph.add("Mul", [out, peak], f"{name}.full"), bias], f"{name}.out")


@dataclass(frozen=True)
class Place:
    """A linear layer: its weight, what its input's columns are divided by, and their range."""

    weight: np.ndarray
    bias: np.ndarray
    share: np.ndarray
    low: float
    high: float


def _place(weights: Mapping[str, np.ndarray], ranges: Mapping[str, np.ndarray], name: str) -> Place:
    """Balance columns: what is wide in the activations moves into the weight (SmoothQuant)."""
    weight = weights[f"{name}.weight"].T
    low, high = ranges[name]
    widest = np.maximum(np.maximum(-low, high), 1e-3)
    share = np.sqrt(widest / np.maximum(np.abs(weight).max(1), 1e-3)).astype(np.float32)
    return Place(
        weight * share[:, None],
        weights[f"{name}.bias"],
        share,
        min(float((low / share).min()), 0.0),
        max(float((high / share).max()), 0.0),
    )


def _evened(graph: Graph, name: str, x: str, place: Place) -> str:
    return graph.add("Mul", [x, graph.constant(f"{name}.xd", 1 / place.share)], f"{name}.even")


def _multiplied(
    graph: Graph, name: str, x: str, place: Place, left_out: np.ndarray | float
) -> list[str]:
    """Input, weight, their scales and zeros, and the bias, of one multiplication."""
    step = (place.high - place.low) / 255
    scale = graph.constant(f"{name}.xs", np.array(step, np.float32))
    zero = graph.constant(f"{name}.xz", np.array(round(-place.low / step), np.uint8))
    whole = graph.add("QuantizeLinear", [x, scale, zero], f"{name}.x")
    weight = place.weight / left_out
    steps = (np.abs(weight).max(0) / WHOLE).astype(np.float32)
    q = graph.constant(f"{name}.w", np.rint(weight / steps).astype(np.int8))
    q_scale = graph.constant(f"{name}.ws", steps)
    q_zero = graph.constant(f"{name}.wz", np.zeros(len(steps), np.int8))
    bias = graph.constant(f"{name}.b", (place.bias / left_out).astype(np.float32))
    return [whole, q, scale, q_scale, zero, q_zero, bias]


def save(model: bytes, path: Path) -> None:
    """Check the graph and write it."""
    onnx.checker.check_model(onnx.load_from_string(model))
    path.write_bytes(model)
