"""Makes core/adapters/models/lines_in_whole_numbers.onnx: RapidOCR's recogniser of lines in 8-bit whole numbers.

    pip install onnx
    python -m tests.bench.whole_numbers

Only where the time goes, in products with large matrices, are whole numbers used. The weights are rounded here, each
column by its own scale; what they are multiplied with is rounded as the line is read, by the scale that this very line
needs (onnxruntime's DynamicQuantizeMatMul, which also adds the bias and gives back fractions). So nothing has to be
guessed from sample lines, and hardly a letter is lost.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from core.adapters.rapidocr_engine import QUICK

Constant = NDArray[Any]

LARGE = 9000
"""Products with fewer weights than this take little time and stay as they are."""
OPSET = 20
"""The first in which the curve after most products (GELU) is one step rather than five."""


def plain(model: Path, folder: Path) -> Any:
    """Return the model with its constants folded and each bias within its convolution."""
    import onnx
    from onnx import version_converter

    newer, folded = folder / "newer.onnx", folder / "folded.onnx"
    onnx.save(version_converter.convert_version(onnx.load(str(model)), OPSET), str(newer))
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(folded)
    onnxruntime.InferenceSession(str(newer), options)
    return onnx.load(str(folded))


def matrix_of(node: Any, weights: dict[str, Constant]) -> Constant | None:
    """Return the matrix (in, out) of a large product, also of one written as a convolution by 1 by 1; else None."""
    found = weights.get(node.input[1]) if node.op_type in {"Conv", "MatMul"} else None
    if found is None or found.size < LARGE:
        return None
    if node.op_type == "MatMul":
        return found
    return found[:, :, 0, 0].T if found.shape[2:] == (1, 1) else None


def rounded(matrix: Constant, name: str) -> list[Any]:
    """Return the two constants of a matrix in whole numbers: itself, and each column's scale."""
    from onnx import numpy_helper

    scale = (np.maximum(np.abs(matrix).max(axis=0), 1e-8) / 127).astype(np.float32)
    whole = np.ascontiguousarray(np.round(matrix / scale), np.int8)
    return [numpy_helper.from_array(whole, f"{name}.whole"), numpy_helper.from_array(scale, f"{name}.scale")]


def product(name: str, given: str, bias: str, result: str) -> Any:
    """Return the step that multiplies what is given with the constants that `rounded` names, and adds the bias."""
    from onnx import helper

    inputs = [given, f"{name}.whole", f"{name}.scale", "", bias]
    return helper.make_node("DynamicQuantizeMatMul", inputs, [result], name=name, domain="com.microsoft")


def instead(node: Any, after: Any) -> list[Any]:
    """Return the steps that stand for a large product and its bias, which in a matrix product is the step after.

    A convolution has its channels second; they are brought last and back. onnxruntime leaves out what undoes itself.
    """
    from onnx import helper

    if node.op_type == "MatMul":
        (bias,) = (each for each in after.input if each != node.output[0])
        return [product(node.name, node.input[0], bias, after.output[0])]
    last, result = f"{node.name}.last", f"{node.name}.result"
    return [
        helper.make_node("Transpose", [node.input[0]], [last], perm=[0, 2, 3, 1]),
        product(node.name, last, node.input[2], result),
        helper.make_node("Transpose", [result], [node.output[0]], perm=[0, 3, 1, 2]),
    ]


def put_whole_numbers_into(model: Any) -> None:
    """Change the model's large products."""
    from onnx import helper, numpy_helper

    graph = model.graph
    weights = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    takers = {name: node for node in graph.node for name in node.input}
    matrices = {node.name: matrix for node in graph.node if (matrix := matrix_of(node, weights)) is not None}
    done = {takers[node.output[0]].name for node in graph.node if node.name in matrices and node.op_type == "MatMul"}
    steps: list[Any] = []
    for node in graph.node:
        if node.name in matrices:
            steps += instead(node, takers[node.output[0]])
            graph.initializer.extend(rounded(matrices[node.name], node.name))
        elif node.name not in done:
            steps.append(node)
    used = {name for node in steps for name in node.input}
    constants = [each for each in graph.initializer if each.name in used]
    del graph.node[:], graph.initializer[:], model.opset_import[:]
    graph.node.extend(steps)
    graph.initializer.extend(constants)
    model.opset_import.extend([helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)])


def main() -> None:
    """Write the model where the reader looks for it."""
    import onnx
    import rapidocr

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=QUICK)
    out = parser.parse_args().out
    with tempfile.TemporaryDirectory() as folder:
        model = plain(Path(rapidocr.__file__).parent / "models" / "PP-OCRv6_rec_small.onnx", Path(folder))
    put_whole_numbers_into(model)
    onnx.save(model, str(out))


if __name__ == "__main__":
    main()
