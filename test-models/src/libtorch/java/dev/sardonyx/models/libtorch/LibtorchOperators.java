package dev.sardonyx.models.libtorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.ActivationOp.Gelu;
import dev.sardonyx.api.op.AxesOp.Unsqueeze;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.op.NormalizationOp.Softmax;
import dev.sardonyx.api.op.OwnStatisticsOp.LayerNormalization;
import dev.sardonyx.api.op.PoolOp.GlobalAveragePool;
import dev.sardonyx.api.op.PoolOp.MaxPool;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The operators of the benchmark's models by libtorch's functions of the same meaning. */
final class LibtorchOperators {
  private LibtorchOperators() {}

  /** The outputs of a node. Errors: UNSUPPORTED for operators and attributes that are not here. */
  static List<Tensor> compute(Node node, Map<String, Tensor> values) {
    var in = new Arguments(node, values);
    return switch (node.op()) {
      case BinaryOp.Add _ -> List.of(torch.add(in.get(0), in.get(1)));
      case BinaryOp.Mul _ -> List.of(torch.mul(in.get(0), in.get(1)));
      case UnaryOp.Relu _ -> List.of(torch.relu(in.get(0)));
      case Gelu op -> List.of(torch.gelu(in.get(0), op.approximate()));
      case Clip _ -> List.of(torch.clamp(in.get(0), in.number(1), in.number(2)));
      case Gemm op -> List.of(gemm(op, in));
      case MatMul _ -> List.of(torch.matmul(in.get(0), in.get(1)));
      case Conv op -> List.of(convolution(op, in));
      case ConvTranspose op -> List.of(transposed(op, in));
      case MaxPool op -> List.of(maximum(op, in));
      case GlobalAveragePool _ -> List.of(torch.adaptive_avg_pool2d(in.get(0), 1, 1));
      case BatchNormalization op -> List.of(normalized(op, in));
      case LayerNormalization op -> List.of(normalized(op, in));
      case Softmax op -> List.of(torch.softmax(in.get(0), op.axis()));
      case Flatten op -> List.of(torch.flatten(in.get(0), op.axis(), -1));
      case Reshape _ -> List.of(reshaped(in));
      case Transpose op ->
          List.of(torch.permute(in.get(0), longs(op.order(Math.toIntExact(in.get(0).dim())))));
      case Unsqueeze _ -> List.of(torch.unsqueeze(in.get(0), in.longs(1)[0]));
      case Split op -> split(op, node, in);
      case Concat op -> List.of(torch.cat(in.all(), op.axis()));
      case Gather op -> List.of(gathered(op, in));
      default -> throw in.unsupported("the operator is");
    };
  }

  /** The inputs of a node. */
  private record Arguments(Node node, Map<String, Tensor> values) {
    Tensor get(int index) {
      Tensor found = values.get(node.inputs().get(index).name());
      if (found == null) {
        throw unsupported("input " + index + " is");
      }
      return found;
    }

    boolean has(int index) {
      return node.inputs().size() > index && node.inputs().get(index).isPresent();
    }

    TensorOptional optional(int index) {
      return has(index) ? new TensorOptional(get(index)) : new TensorOptional();
    }

    ScalarOptional number(int index) {
      return has(index) ? new ScalarOptional(get(index).item()) : new ScalarOptional();
    }

    long[] longs(int index) {
      Tensor numbers = get(index);
      return LongStream.range(0, numbers.numel())
          .map(i -> torch.select(numbers, 0, i).item_long())
          .toArray();
    }

    TensorVector all() {
      return new TensorVector(
          IntStream.range(0, node.inputs().size()).mapToObj(this::get).toArray(Tensor[]::new));
    }

    SardonyxException unsupported(String what) {
      return new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "node '%s' (%s): %s not written for libtorch; use another engine"
              .formatted(node.name(), node.op().name(), what));
    }
  }

  private static Tensor gemm(Gemm op, Arguments in) {
    if (op.alpha() != 1 || op.beta() != 1 || op.transA() || !op.transB()) {
      throw in.unsupported("these attributes are");
    }
    return torch.linear(in.get(0), in.get(1), in.optional(2));
  }

  private static Tensor convolution(Conv op, Arguments in) {
    Window window = op.window();
    return torch.conv2d(
        in.get(0),
        in.get(1),
        in.optional(2),
        longs(window.strides()),
        pads(window, in),
        longs(window.dilations()),
        op.group());
  }

  private static Tensor transposed(ConvTranspose op, Arguments in) {
    Window window = op.window();
    return torch.conv_transpose2d(
        in.get(0),
        in.get(1),
        in.optional(2),
        longs(window.strides()),
        pads(window, in),
        longs(op.outputPadding()),
        op.group(),
        longs(window.dilations()));
  }

  private static Tensor maximum(MaxPool op, Arguments in) {
    Window window = op.window();
    return torch.max_pool2d(
        in.get(0),
        longs(window.kernel()),
        longs(window.strides()),
        pads(window, in),
        longs(window.dilations()),
        window.ceilMode());
  }

  private static Tensor normalized(BatchNormalization op, Arguments in) {
    return torch.batch_norm(
        in.get(0),
        in.optional(1),
        in.optional(2),
        in.optional(3),
        in.optional(4),
        false,
        0,
        op.epsilon(),
        false);
  }

  private static Tensor normalized(LayerNormalization op, Arguments in) {
    long[] row = in.get(1).shape();
    return torch.layer_norm(in.get(0), row, in.optional(1), in.optional(2), op.epsilon(), false);
  }

  private static Tensor reshaped(Arguments in) {
    long[] target = in.longs(1);
    for (int axis = 0; axis < target.length; axis++) {
      target[axis] = target[axis] == 0 ? in.get(0).size(axis) : target[axis];
    }
    return torch.reshape(in.get(0), target);
  }

  private static List<Tensor> split(Split op, Node node, Arguments in) {
    Tensor x = in.get(0);
    int parts = node.outputs().size();
    TensorVector found =
        in.has(1)
            ? torch.split_with_sizes(x, in.longs(1), op.axis())
            : torch.split(x, (x.size(op.axis()) + parts - 1) / parts, op.axis());
    return IntStream.range(0, parts).mapToObj(found::get).toList();
  }

  private static Tensor gathered(Gather op, Arguments in) {
    Tensor indices = in.get(1);
    if (op.axis() == 0 && in.get(0).dim() == 2) {
      return torch.embedding(in.get(0), indices);
    }
    if (indices.dim() > 1) {
      throw in.unsupported("indices of two axes are");
    }
    Tensor found = torch.index_select(in.get(0), op.axis(), torch.flatten(indices));
    return indices.dim() == 0 ? torch.squeeze(found, op.axis()) : found;
  }

  private static long[] pads(Window window, Arguments in) {
    List<Integer> begins = window.pads().subList(0, window.rank());
    if (!begins.equals(window.pads().subList(window.rank(), 2 * window.rank()))) {
      throw in.unsupported("pads that differ are");
    }
    return longs(begins);
  }

  private static long[] longs(List<Integer> numbers) {
    return numbers.stream().mapToLong(Integer::longValue).toArray();
  }
}
